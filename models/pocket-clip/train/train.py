"""python3 train.py DATA HELD OUT STEPS [FROM]: trains the trunk on stored stem features; FROM is a checkpoint to go on from."""
import math
import sys
import time

import numpy
import torch

from held_out import measure
from loss import across_families, inside_families
from network import Trunk

FAMILIES, SCENES, RATE = 24, 2, 2e-3


class Data:
    def __init__(self, path: str) -> None:
        notes = numpy.load(path + '.npz')
        self.features = numpy.memmap(path + '.f16', numpy.float16, 'r', shape=tuple(notes['shape']))
        self.yaws, self.levels = torch.from_numpy(notes['yaws']), torch.from_numpy(notes['levels'])
        self.seen, self.kinds = torch.from_numpy(notes['seen']).float(), notes['kinds']

    def pick(self, families: numpy.ndarray, views: list) -> tuple:
        crops = torch.from_numpy(numpy.stack([self.features[f][:, views] for f in families]).astype(numpy.float32))
        f = torch.from_numpy(families)
        return crops, self.yaws[f][:, views], self.seen[f][:, views], self.levels[f]


def embed(trunk: Trunk, crops: torch.Tensor) -> torch.Tensor:
    z = trunk(crops.reshape(-1, *crops.shape[-3:]))
    return torch.nn.functional.normalize(z, dim=1).reshape(*crops.shape[:3], -1)


def main(data: str, held: str, out: str, steps: int, go_on: str = '') -> None:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    numbers = numpy.random.default_rng(1 if go_on else 0)
    train, test, trunk = Data(data), Data(held), Trunk()
    scales = torch.nn.Parameter(torch.tensor([18.0, 9.5] if go_on else [12.0, 16.0]).log())
    rate = RATE / 2 if go_on else RATE
    if go_on:
        trunk.load_state_dict(torch.load(go_on)['trunk'])
    decayed = [p for p in trunk.parameters() if p.dim() > 1]
    rest = [p for p in trunk.parameters() if p.dim() <= 1] + [scales]
    optimiser = torch.optim.AdamW([{'params': decayed, 'weight_decay': 0.05}, {'params': rest, 'weight_decay': 0.0}], lr=rate, betas=(0.9, 0.98))
    start, order, sums = time.time(), [], numpy.zeros(3)
    for step in range(steps + 1):
        done = step / steps
        if step > 0 and step % 100 == 0 or done >= 1:
            trunk.eval()
            found = measure(trunk, test, embed)
            broad, fine, count = sums
            print(f'{step} {time.time() - start:.0f} s, losses {broad / count:.3f} {fine / count:.3f} scales {scales.exp().tolist()} {found}', flush=True)
            torch.save({'trunk': trunk.state_dict(), 'step': step, 'held_out': found}, out)
            if done >= 1:
                return
            trunk.train()
            sums = numpy.zeros(3)
        for group in optimiser.param_groups:
            group['lr'] = rate * min(1, (step + 1) / 60) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * done)))
        if len(order) < FAMILIES:
            order = list(numbers.permutation(len(train.features)))
        batch = numpy.array([order.pop() for _ in range(FAMILIES)])
        views = [0, 1] + sorted(numbers.choice(range(2, train.features.shape[2]), SCENES, replace=False).tolist())
        crops, yaws, seen, levels = train.pick(batch, views)
        z = embed(trunk, crops)
        scale = scales.exp().clamp(max=40)
        broad, fine = across_families(z, yaws, scale[0]), inside_families(z, yaws, seen, levels, 2, scale[1])
        optimiser.zero_grad()
        ramp = 1.0 if go_on else min(1.0, max(0.0, (done - 0.08) / 0.2))
        (broad + ramp * fine).backward()
        optimiser.step()
        sums += [broad.item(), fine.item(), 1]


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), *sys.argv[5:])
