"""The learned part: a small residual ConvNet over the stem's cells. One vector for the crop, pooled by attention, and one for each cell."""
import torch
import torch.nn as nn
import torch.nn.functional as F

from stem import Stem

DIMENSIONS, PATCH_DIMENSIONS = 192, 64


class Residual(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.second = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.norm1, self.norm2 = nn.BatchNorm2d(channels), nn.BatchNorm2d(channels)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = F.relu(self.norm1(self.first(x)))
        return F.relu(x + self.norm2(self.second(y)))


class Trunk(nn.Module):
    """Stem features [batch, 40, 16, 16] to [batch, 192] and patches [batch, 256, 64], neither normalised."""

    def __init__(self, heads: int = 6, narrow: int = 64, wide: int = 128) -> None:
        super().__init__()
        self.enter = nn.Sequential(nn.BatchNorm2d(Stem.channels), nn.Conv2d(Stem.channels, narrow, 3, padding=1, bias=False), nn.BatchNorm2d(narrow), nn.ReLU())
        self.fine = Residual(narrow)
        self.down = nn.Sequential(nn.Conv2d(narrow, wide, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(wide), nn.ReLU())
        self.coarse = nn.Sequential(Residual(wide), Residual(wide))
        self.attend = nn.Conv2d(wide, heads, 1)
        self.value = nn.Conv2d(wide, 96, 1)
        self.project = nn.Linear(heads * 96, DIMENSIONS)
        # A patch needs its surroundings: a red dot on an antenna is not a red dot on a shoe.
        self.spread = nn.ConvTranspose2d(wide, narrow, 2, stride=2, bias=False)
        self.mix = nn.Sequential(nn.BatchNorm2d(2 * narrow), nn.ReLU(), nn.Conv2d(2 * narrow, 96, 3, padding=1, bias=False), nn.BatchNorm2d(96), nn.ReLU(), nn.Conv2d(96, PATCH_DIMENSIONS, 1))

    def forward(self, cells: torch.Tensor) -> tuple:
        fine = self.fine(self.enter(cells))
        coarse = self.coarse(self.down(fine))
        patches = self.mix(torch.cat([fine, self.spread(coarse)], 1))
        return self.pool(coarse), patches.flatten(2).transpose(1, 2)

    def pool(self, coarse: torch.Tensor) -> torch.Tensor:
        weight = self.attend(coarse).flatten(2).softmax(2)
        pooled = weight @ self.value(coarse).flatten(2).transpose(1, 2)
        return self.project(pooled.flatten(1))


class Pocket(nn.Module):
    """pixel_values [batch, 3, 96, 96] to image_embeds [batch, 192] and patch_embeds [batch, 256, 64], L2-normalised."""

    def __init__(self, trunk: Trunk) -> None:
        super().__init__()
        self.stem, self.trunk = Stem(), trunk

    def forward(self, pixel_values: torch.Tensor) -> tuple:
        return tuple(unit(x) for x in self.trunk(self.stem(pixel_values)))


def unit(x: torch.Tensor) -> torch.Tensor:
    return x / x.norm(dim=-1, keepdim=True).clamp(min=1e-6)
