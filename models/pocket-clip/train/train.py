"""python3 train.py HELD OUT STEPS DATA...: trains the trunk on stored stem features. DATA may still be growing."""
import math
import sys
import time

import numpy
import torch

from dataset import MEMBERS, PAIRS, SCENES, SHEETS
from held_out import measure
from loss import across_families, inside_families, nearest_sheets, patch_losses, shown_in
from network import Trunk

FAMILIES, SCENES_A_STEP, RATE = 20, 3, 2e-3
FINE, PATCH = 22.0, 16.0  # inverse temperatures; a learned one sinks, and with it what look-alikes teach


class Data:
    def __init__(self, path: str) -> None:
        notes = numpy.load(path + '.npz')
        self.shape = tuple(notes['shape'])
        self.features = numpy.memmap(path + '.f16', numpy.float16, 'r', shape=self.shape)
        self.cells = numpy.memmap(path + '.cells', numpy.uint8, 'r', shape=(self.shape[0], SHEETS + SCENES, MEMBERS + len(PAIRS), 256))
        self.yaws, self.levels = torch.from_numpy(notes['yaws']), torch.from_numpy(notes['levels'])
        self.seen, self.kinds = torch.from_numpy(notes['seen']).float(), notes['kinds']

    def __len__(self) -> int:
        return self.shape[0]

    def pick(self, families: list, views: list) -> dict:
        crops = torch.from_numpy(numpy.stack([self.features[f][:, views] for f in families]).astype(numpy.float32))
        cells = torch.from_numpy(numpy.stack([self.cells[f][views] for f in families]).astype(numpy.float32)) / 255
        return {'crops': crops, 'cells': cells, 'yaws': self.yaws[families][:, views], 'seen': self.seen[families][:, views], 'levels': self.levels[families]}


def embed(trunk: Trunk, crops: torch.Tensor) -> tuple:
    """[families, members, views, 192] and [families, members, views, 256, 64]."""
    with torch.autocast('cpu', dtype=torch.bfloat16, enabled=trunk.training):  # half the time where the processor has it
        z, patches = trunk(crops.reshape(-1, *crops.shape[-3:]).to(memory_format=torch.channels_last))
    z, patches = z.float(), patches.float()
    unit = torch.nn.functional.normalize
    return unit(z, dim=1).view(*crops.shape[:3], -1), unit(patches, dim=2).view(*crops.shape[:3], *patches.shape[1:])


def batches(paths: list, numbers: numpy.random.Generator):
    """Endless batches; sets that grew are looked at anew every 50."""
    count, sets = 0, []
    while True:
        if count % 50 == 0:
            sets = [Data(path) for path in paths]
        chosen = numbers.choice(len(sets), FAMILIES, p=numpy.array([len(s) for s in sets]) / sum(len(s) for s in sets))
        views = list(range(SHEETS)) + sorted((SHEETS + numbers.choice(SCENES, SCENES_A_STEP, replace=False)).tolist())
        parts = [sets[k].pick(numbers.choice(len(sets[k]), int((chosen == k).sum()), replace=False).tolist(), views) for k in sorted(set(chosen))]
        yield {name: torch.cat([part[name] for part in parts]) for name in parts[0]}
        count += 1


def main(held: str, out: str, steps: int, data: list) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    test, trunk = Data(held), Trunk().to(memory_format=torch.channels_last)
    scale = torch.nn.Parameter(torch.tensor(14.0).log())
    decayed = [p for p in trunk.parameters() if p.dim() > 1]
    rest = [p for p in trunk.parameters() if p.dim() <= 1] + [scale]
    optimiser = torch.optim.AdamW([{'params': decayed, 'weight_decay': 0.05}, {'params': rest, 'weight_decay': 0.0}], lr=RATE, betas=(0.9, 0.98))
    start, sums, count = time.time(), numpy.zeros(5), 0
    for step, batch in enumerate(batches(data, numpy.random.default_rng(0))):
        done = step / steps
        if step > 0 and step % 200 == 0 or done >= 1:
            trunk.eval()
            found = measure(trunk, test, embed)
            print(f'{step} of {steps}, {time.time() - start:.0f} s, losses {(sums / count).round(3).tolist()} scale {scale.exp().item():.1f} {found}', flush=True)
            torch.save({'trunk': trunk.state_dict(), 'step': step, 'held_out': found}, out)
            if done >= 1:
                return
            trunk.train()
            sums, count = numpy.zeros(5), 0
        for group in optimiser.param_groups:
            group['lr'] = RATE * min(1, (step + 1) / 60) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * done)))
        z, patches = embed(trunk, batch['crops'])
        yaws, levels = batch['yaws'], batch['levels']
        nearest = nearest_sheets(yaws, SHEETS)
        shown = shown_in(batch['seen'], nearest, SHEETS)
        broad = across_families(z, yaws, scale.exp().clamp(max=40))
        fine = inside_families(z, nearest, shown, levels, SHEETS, FINE)
        crowded, lookalikes, figures = patch_losses(patches, batch['cells'].flatten(3), PAIRS, nearest, yaws, shown, levels, SHEETS, PATCH)
        ramp = min(1.0, max(0.0, (done - 0.04) / 0.15))  # hard negatives from the start spoil the embedding
        optimiser.zero_grad()
        (broad + 0.5 * crowded + ramp * (fine + lookalikes + figures)).backward()
        torch.nn.utils.clip_grad_norm_(trunk.parameters(), 5.0)
        optimiser.step()
        sums += [broad.item(), fine.item(), crowded.item(), lookalikes.item(), figures.item()]
        count += 1


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:])
