"""What is pulled together and pushed apart. z is [families, members, views, 192], patches [families, members, views, 256, 64], L2-normalised."""
import math

import torch
import torch.nn.functional as F

VISIBLE = 0.003  # share of a crop's pixels that must change before a change counts as visible
OVERLAP = math.radians(100)  # views turned further apart than this show different things
FIGURE, CHANGED, EMPTY = 0.3, 0.2, 0.02  # shares of a cell
SAMPLED, EXTRA, CROWD = 64, 24, 1536  # cells of a figure, further changed cells, cells of other families
MARGIN = 0.04  # a level, in cosine


def turned(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Angle between yaws, 0 to pi."""
    return (torch.remainder(a - b + math.pi, 2 * math.pi) - math.pi).abs()


def across_families(z: torch.Tensor, yaws: torch.Tensor, scale: torch.Tensor) -> torch.Tensor:
    """Multi-positive InfoNCE: views of one character against all crops of other families. Look-alikes are left out."""
    families, members, views, dimensions = z.shape
    flat = z.reshape(-1, dimensions)
    similar = scale * flat @ flat.t()
    family = torch.arange(families).repeat_interleave(members * views)
    one = torch.arange(families * members).repeat_interleave(views)
    yaw = yaws[:, None, :].expand(-1, members, -1).reshape(-1)
    others = similar.masked_fill(family[:, None] == family[None, :], -1e4).logsumexp(1)
    positive = (one[:, None] == one[None, :]) & (turned(yaw[:, None], yaw[None, :]) < OVERLAP)
    positive.fill_diagonal_(False)
    loss = F.softplus(others[:, None] - similar) * positive
    return loss.sum() / positive.sum()


def ordered(likeness: torch.Tensor, shown: torch.Tensor, levels: torch.Tensor, scale: float) -> torch.Tensor:
    """A sheet's own scenes above every scene of its look-alikes, and a scene's own sheet above theirs.

    likeness [families, scenes, member of the sheet, member shown]; shown says where the change between two members can be
    seen in a scene and on the sheet's view nearest to it. The first is what the metric is judged by: scenes differ in
    everything else too. The margin grows with the strength of the change.
    """
    margin = MARGIN * torch.maximum(levels[:, :, None], levels[:, None, :]).float()  # [families, sheet, shown]
    own = likeness.diagonal(dim1=2, dim2=3)  # [families, scenes, member]
    gap = likeness[:, None] - own[:, :, None, :, None] + margin[:, None, None]  # [families, own scene, scene, sheet, shown]
    counts = shown[:, None].expand_as(gap)
    independent = (F.softplus(scale * gap) * counts).sum() / counts.sum().clamp(min=1)
    same = likeness - own[:, :, None, :] + margin[:, None]
    return independent + 0.5 * (F.softplus(scale * same) * shown).sum() / shown.sum().clamp(min=1)


def nearest_sheets(yaws: torch.Tensor, sheets: int) -> torch.Tensor:
    """[families, scenes]: which view of the sheet is turned most like the scene."""
    return turned(yaws[:, sheets:, None], yaws[:, None, :sheets]).argmin(2)


def shown_in(seen: torch.Tensor, nearest: torch.Tensor, sheets: int) -> torch.Tensor:
    """seen [families, views, members, members] to flags [families, scenes, members, members]."""
    row = torch.arange(len(seen))[:, None]
    return torch.minimum(seen[:, sheets:], seen[row, nearest]) > VISIBLE


def inside_families(z: torch.Tensor, nearest: torch.Tensor, shown: torch.Tensor, levels: torch.Tensor, sheets: int, scale: float) -> torch.Tensor:
    sheet = z[torch.arange(len(z))[:, None], :, nearest]  # [families, scenes, members, dimensions]
    scene = z[:, :, sheets:].transpose(1, 2)
    return ordered(sheet @ scene.transpose(2, 3), shown, levels, scale)


def best_match(cells: torch.Tensor, scene: torch.Tensor, allowed=None) -> torch.Tensor:
    """cells [n, a, k, d], scene [n, b, c, d] to the best cosine with any allowed [n, b, c] cell of each scene: [n, a, k, b]."""
    n, a, k, d = cells.shape
    b, c = scene.shape[1:3]
    with torch.no_grad():
        similar = (cells.reshape(n, a * k, d) @ scene.reshape(n, b * c, d).transpose(1, 2)).view(n, a * k, b, c)
        if allowed is not None:
            similar.masked_fill_(~allowed[:, None], -2)
        best = similar.argmax(3)  # [n, a * k, b]
        at = (torch.arange(n)[:, None, None] * b + torch.arange(b)) * c + best
    picked = scene.reshape(-1, d)[at.reshape(-1)].view(n, a * k, b, d)
    return (cells.reshape(n, a * k, 1, d) * picked).sum(3).view(n, a, k, b)


def soft_lowest(match: torch.Tensor, valid: torch.Tensor, dim: int, tau: float = 0.08) -> torch.Tensor:
    """A soft minimum over the valid entries: what is missing must not drown in what is there."""
    low = (-match / tau).masked_fill(~valid, -1e4).logsumexp(dim) - valid.sum(dim).clamp(min=1).float().log()
    return -tau * low


def patch_losses(patches, cells, pairs, nearest, yaws, shown, levels, sheets: int, scale: float) -> tuple:
    """Patches by their best match, as they are scored. cells [families, views, members + pairs, 256] are shares, 0 to 1.

    Returns (against other families and the own background, changed cells against look-alikes, figures against look-alikes).
    """
    families, members, views, count, d = patches.shape
    scenes = views - sheets
    row = torch.arange(families)[:, None]
    n = families * scenes
    sheet = patches[row, :, nearest].reshape(n, members, count, d)
    scene = patches[:, :, sheets:].transpose(1, 2).reshape(n, members, count, d)
    figure = cells[row, nearest][:, :, :members].reshape(n, members, count)
    differs = torch.zeros(n, members, members, count)
    for p, (a, b) in enumerate(pairs):
        differs[:, a, b] = differs[:, b, a] = cells[row, nearest][:, :, members + p].reshape(n, count)
    shown, levels_n = shown.reshape(n, members, members), levels[:, None].expand(-1, scenes, -1).reshape(n, members)

    # Cells of the figure, evenly; then some that differ from a look-alike.
    on = figure > FIGURE
    changed = (differs > CHANGED) & shown[..., None] & (figure[:, :, None] > 0.1)
    pick = lambda weight, k: torch.multinomial(weight.reshape(n * members, count) + 1e-6, k).view(n, members, k)
    even = pick(on.float(), SAMPLED)
    index = torch.cat([even, pick(changed.any(2).float(), EXTRA)], 2)
    chosen = sheet.gather(2, index[..., None].expand(-1, -1, -1, d))
    match = best_match(chosen, scene)  # [n, member of the sheet, cell, member shown]

    valid = on.gather(2, even)[..., None]
    part = match[:, :, :SAMPLED]
    mean = (part * valid).sum(2) / valid.sum(2).clamp(min=1)
    likeness = 0.5 * (mean + soft_lowest(part, valid.expand_as(part), 2))
    view = lambda x: x.view(families, scenes, *x.shape[1:])
    figures = ordered(view(likeness), view(shown), levels, 1.5 * scale)

    # Changed cells: [n, a, cell, b]
    hit = changed.transpose(2, 3).gather(2, index[..., None].expand(-1, -1, -1, members))
    margin = 2 * MARGIN * torch.maximum(levels_n[:, :, None], levels_n[:, None, :]).float()[:, :, None]
    own = match.diagonal(dim1=1, dim2=3).transpose(1, 2)[..., None]
    gaps = (F.softplus(scale * (match - own + margin)) * hit).sum(2)
    pairs_hit = hit.any(2)
    lookalikes = (gaps / hit.sum(2).clamp(min=1)).sum() / pairs_hit.sum().clamp(min=1)

    # One member a family against cells of other families and the background around itself.
    who = torch.randint(members, (n,))
    at = torch.arange(n)
    anchor = chosen[at, who][:, None, :SAMPLED]  # [n, 1, cells, d]
    in_scene = cells[:, sheets:, :members].reshape(n, members, count)[at, who][:, None]
    mine = scene[at, who][:, None]
    positive = best_match(anchor, mine, in_scene > FIGURE)[:, 0, :, 0]
    around = best_match(anchor, mine, in_scene < EMPTY)[:, 0, :, 0]
    crowd = torch.randint(n * members * count, (CROWD,))
    others = scale * anchor[:, 0] @ scene.reshape(-1, d)[crowd].t()
    home = torch.arange(families).repeat_interleave(scenes)
    same = home[:, None] == torch.div(crowd, members * count * scenes, rounding_mode='floor')[None]
    rivals = torch.cat([others.masked_fill(same[:, None], -1e4), scale * around[..., None]], 2).logsumexp(2)
    usable = valid[at, who][..., 0] & (turned(yaws[:, sheets:], yaws.gather(1, nearest)).reshape(n, 1) < OVERLAP) & (in_scene > FIGURE).any(2)
    crowded = (F.softplus(rivals - scale * positive) * usable).sum() / usable.sum().clamp(min=1)
    return crowded, lookalikes, figures
