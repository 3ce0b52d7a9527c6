"""Procedural characters: random identities, and the same identity with one attribute changed."""
import colorsys
import copy
import random

SHAPES = ['ellipse', 'box', 'round', 'trapezoid', 'egg', 'hexagon', 'capsule', 'drop']
PATTERNS = ['plain', 'rows', 'columns', 'diagonal', 'dots', 'checks', 'split', 'gradient', 'zigzag', 'speckle', 'patch']
EYES = ['dot', 'ring', 'oval', 'square', 'visor', 'sleepy']
MOUTHS = ['none', 'smile', 'line', 'open', 'grille']
NOSES = ['none', 'dot', 'beak', 'snout']
EARS = ['none', 'round', 'pointed', 'long', 'floppy', 'bolt']
HATS = ['none', 'cone', 'cap', 'top', 'crown', 'beanie']
HAIRS = ['none', 'tuft', 'mane', 'bob']
CHESTS = ['none', 'panel', 'belly', 'buttons', 'star', 'tie']
BACKS = ['none', 'pack', 'cape', 'wings', 'shell', 'spikes']
TAILS = ['none', 'thin', 'bushy', 'stub', 'arrow']
LIMBS = ['tube', 'taper', 'segments', 'noodle']
COLOURED = ['torso', 'head', 'limb', 'hand', 'foot', 'ear', 'horn', 'tip', 'hat', 'hair', 'chest', 'back', 'tail', 'belt', 'scarf', 'eye', 'pattern']
KINDS = {'chest': CHESTS, 'back': BACKS, 'tail': TAILS, 'hat': HATS, 'ears': EARS, 'hair': HAIRS, 'nose': NOSES, 'mouth': MOUTHS}


def colour(r: random.Random) -> tuple:
    """Any colour, with greys, pale and dark ones as common as they are among toys and mascots."""
    kind = r.random()
    saturation = 0.08 * r.random() if kind < 0.18 else r.uniform(0.25, 0.6) if kind < 0.45 else r.uniform(0.6, 1)
    return colorsys.hsv_to_rgb(r.random(), saturation, r.uniform(0.15, 0.5) if r.random() < 0.25 else r.uniform(0.5, 1))


def character(r: random.Random) -> dict:
    palette = [colour(r) for _ in range(r.choice([2, 3, 4, 5]))]
    pick = lambda: r.choice(palette) if r.random() < 0.8 else colour(r)
    some = lambda kinds, chance: r.choice(kinds[1:]) if r.random() < chance else kinds[0]
    plan = r.choice(['biped'] * 5 + ['quadruped'] * 2 + ['blob'] * 2 + ['bird'] * 2)
    c = {
        'plan': plan,
        'torso_w': r.uniform(0.13, 0.3), 'torso_h': r.uniform(0.2, 0.38), 'torso_d': r.uniform(0.12, 0.25), 'torso_shape': r.choice(SHAPES),
        'head_w': r.uniform(0.11, 0.27), 'head_h': r.uniform(0.12, 0.26), 'head_shape': r.choice(SHAPES), 'neck': r.uniform(0, 0.06),
        'arm_len': r.uniform(0.2, 0.42), 'arm_w': r.uniform(0.025, 0.085), 'leg_len': r.uniform(0.12, 0.36), 'leg_w': r.uniform(0.03, 0.1),
        'limbs': r.choice(LIMBS), 'hand': r.uniform(0.03, 0.07), 'foot': r.uniform(0.04, 0.09),
        'eyes': r.choice(EYES), 'eye_count': r.choice([2] * 7 + [1, 1, 3]), 'eye_size': r.uniform(0.12, 0.3), 'eye_gap': r.uniform(0.35, 0.7),
        'mouth': some(MOUTHS, 0.6), 'nose': 'beak' if plan == 'bird' else some(NOSES, 0.4), 'cheeks': r.random() < 0.2, 'glasses': r.random() < 0.15,
        'ears': some(EARS, 0.5), 'ear_size': r.uniform(0.05, 0.13), 'horns': r.choice([0] * 6 + [1, 2, 2]), 'horn_size': r.uniform(0.06, 0.14),
        'antennae': r.choice([0] * 4 + [1, 2, 2, 3]), 'antenna_size': r.uniform(0.08, 0.18),
        'hat': some(HATS, 0.25), 'hair': some(HAIRS, 0.25), 'chest': some(CHESTS, 0.7), 'chest_size': r.uniform(0.4, 0.8), 'chest_marks': r.choice([0, 2, 3, 4]),
        'back': some(BACKS, 0.6), 'back_size': r.uniform(0.7, 1.15), 'tail': some(TAILS, 0.7 if plan in ('quadruped', 'bird') else 0.3), 'tail_size': r.uniform(0.12, 0.3),
        'belt': r.random() < 0.2, 'scarf': r.random() < 0.2, 'shoulders': r.random() < 0.15,
        'torso_pattern': some(PATTERNS, 0.5), 'head_pattern': some(PATTERNS, 0.2), 'pattern_size': r.uniform(0.05, 0.14),
        'outline': r.choice([0, 0, 0.008, 0.014]), 'shade': r.uniform(0, 0.45),
    }
    c['colours'] = {name: pick() for name in COLOURED}
    c['colours']['eye'] = r.choice([(0.05, 0.05, 0.08), (0.05, 0.05, 0.08), pick()])
    if r.random() < 0.5:
        c['colours']['head'] = c['colours']['torso']
    return c


def turn_hue(rgb: tuple, degrees: float, r: random.Random) -> tuple:
    h, s, v = colorsys.rgb_to_hsv(*rgb)
    if s < 0.2:  # a grey has no hue to turn: tint it as far instead
        return colorsys.hsv_to_rgb(r.random(), min(1, s + abs(degrees) / 140), max(v, 0.35))
    return colorsys.hsv_to_rgb((h + degrees / 360) % 1, s, v)


def change_hue(c: dict, r: random.Random, level: int) -> str:
    used = ['torso', 'head', 'limb'] * 2 + ['foot', 'hand']
    used += [n for n, on in (('hat', c['hat']), ('back', c['back']), ('tail', c['tail']), ('chest', c['chest']), ('ear', c['ears'])) if on != 'none']
    part = r.choice(used)
    c['colours'][part] = turn_hue(c['colours'][part], r.choice([-1, 1]) * [r.uniform(14, 25), r.uniform(35, 60), r.uniform(90, 180)][level - 1], r)
    return 'hue_' + part


def change_light(c: dict, r: random.Random, level: int) -> str:
    part = r.choice(['torso', 'head', 'limb'])
    h, s, v = colorsys.rgb_to_hsv(*c['colours'][part])
    step = [0.13, 0.25, 0.45][level - 1]
    c['colours'][part] = colorsys.hsv_to_rgb(h, s, v - step if v > 0.5 else v + step)
    return 'light'


def change_size(c: dict, r: random.Random, level: int) -> str:
    name = r.choice(['torso_w', 'head', 'arm_len', 'arm_w', 'leg_len', 'leg_w', 'eye_size', 'eye_gap', 'ear_size', 'tail_size', 'back_size', 'pattern_size'])
    factor = [1.17, 1.4, 1.8][level - 1] ** r.choice([-1, 1])
    for key in ['head_w', 'head_h'] if name == 'head' else [name]:
        c[key] *= factor
    return 'size'


def change_part(c: dict, r: random.Random, level: int) -> str:
    """Levels 1 and 2 shrink, grow or restyle an extra part; level 3 takes it away or adds one."""
    name = r.choice(['chest', 'chest', 'back', 'back', 'tail', 'hat', 'ears', 'hair', 'nose', 'mouth'])
    if level < 3 and c[name] != 'none':
        size = {'chest': 'chest_size', 'back': 'back_size', 'tail': 'tail_size', 'ears': 'ear_size'}.get(name)
        if size and r.random() < 0.6:
            c[size] *= 0.7 if level == 1 else 0.4
            return 'restyled_' + name
        c[name] = r.choice([k for k in KINDS[name][1:] if k != c[name]])
        return 'restyled_' + name
    gone = c[name] != 'none'
    c[name] = 'none' if gone else r.choice(KINDS[name][1:])
    return ('missing_' if gone else 'added_') + name


def change_count(c: dict, r: random.Random, level: int) -> str:
    name = r.choice(['antennae', 'antennae', 'horns', 'eye_count', 'chest_marks'])
    low = 1 if name == 'eye_count' else 0
    before = c[name]
    c[name] = r.choice([n for n in range(low, 4) if n != before])
    return 'missing_' + name if c[name] == 0 else 'count_' + name


def change_toggle(c: dict, r: random.Random, level: int) -> str:
    name = r.choice(['belt', 'scarf', 'cheeks', 'glasses', 'shoulders'])
    c[name] = not c[name]
    return ('added_' if c[name] else 'missing_') + name


def change_style(c: dict, r: random.Random, level: int) -> str:
    name, kinds = r.choice([('torso_shape', SHAPES), ('head_shape', SHAPES), ('eyes', EYES), ('limbs', LIMBS), ('torso_pattern', PATTERNS), ('torso_pattern', PATTERNS), ('head_pattern', PATTERNS)])
    c[name] = r.choice([k for k in kinds if k != c[name]])
    return 'style'


def drifted(base: dict, r: random.Random, level: int, change=None) -> tuple:
    """A copy of `base` with one attribute changed; level 1 to 3. Returns (character, name of the change)."""
    c = copy.deepcopy(base)
    change = change or r.choice([change_hue] * 4 + [change_light] + [change_size] * 2 + [change_part] * 5 + [change_count] * 2 + [change_toggle, change_style])
    return c, change(c, r, level)
