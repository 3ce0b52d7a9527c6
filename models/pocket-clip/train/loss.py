"""What is pulled together and pushed apart. z is [families, members, views, dimensions], L2-normalised."""
import math

import torch
import torch.nn.functional as F

VISIBLE = 0.003  # share of a crop's pixels that must change before a change counts as visible
OVERLAP = math.radians(100)  # views turned further apart than this show different things


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


def inside_families(z: torch.Tensor, yaws: torch.Tensor, seen: torch.Tensor, levels: torch.Tensor, sheets: int, scale: torch.Tensor) -> torch.Tensor:
    """Which of four look-alikes does a scene show? Scene against sheet only, and only changes that both crops show.

    seen is [families, views, members, members]; the margin grows with the strength of the change.
    """
    families, members, views, _ = z.shape
    scenes = torch.arange(sheets, views)
    nearest = turned(yaws[:, scenes, None], yaws[:, None, :sheets]).argmin(2)  # [families, scenes]
    row = torch.arange(families)[:, None]
    sheet = z[row, :, nearest]  # [families, scenes, members, dimensions]
    scene = z[:, :, sheets:].transpose(1, 2)
    similar = scale * scene @ sheet.transpose(2, 3)  # [families, scenes, member shown, member of the sheet]
    shown = torch.minimum(seen[:, scenes], seen[row, nearest]) > VISIBLE
    strength = torch.maximum(levels[:, :, None], levels[:, None, :]).float()[:, None]
    own = similar.diagonal(dim1=2, dim2=3)
    total, count = 0.0, 0
    for dim, mine in ((3, own[:, :, :, None]), (2, own[:, :, None, :])):
        rivals = (similar + 0.04 * scale * strength).masked_fill(~shown, -1e4).logsumexp(dim, keepdim=True)
        any_rival = shown.any(dim, keepdim=True)
        total = total + (F.softplus(rivals - mine) * any_rival).sum()
        count = count + any_rival.sum()
    return total / count.clamp(min=1)
