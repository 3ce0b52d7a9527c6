"""The network for a search: pooled vectors alone, most convolutions in eight bits (as Jacob et al., CVPR 2018, arXiv 1712.05877)."""
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils.fusion import fuse_conv_bn_eval

from network import Residual, Trunk, unit
from stem import Stem


class Rounded(nn.Module):
    """Rounds to 256 steps between the least and the greatest number that came by while it was `watching`."""

    def __init__(self) -> None:
        super().__init__()
        self.low, self.high, self.watching = 0.0, 1e-6, True

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.watching:
            self.low, self.high = min(self.low, x.min().item()), max(self.high, x.max().item())
            return x
        step = (self.high - self.low) / 255
        return torch.fake_quantize_per_tensor_affine(x, step, round(-self.low / step), 0, 255)


class Convolution(nn.Module):
    """One with its norm folded in. Seven bits for weights: where processors add two products in 16 bits, eight would overflow."""

    def __init__(self, conv: nn.Conv2d, norm: nn.BatchNorm2d) -> None:
        super().__init__()
        self.folded = fuse_conv_bn_eval(conv.eval(), norm.eval())
        weight = self.folded.weight.data
        self.register_buffer('steps', weight.abs().amax((1, 2, 3)).clamp(min=1e-8) / 63)
        self.register_buffer('zeros', torch.zeros(len(weight), dtype=torch.int32))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        weight = torch.fake_quantize_per_channel_affine(self.folded.weight, self.steps, self.zeros, 0, -128, 127)
        return F.conv2d(x, weight, self.folded.bias, self.folded.stride, self.folded.padding)


class QuantizedResidual(nn.Module):
    def __init__(self, residual: Residual) -> None:
        super().__init__()
        self.first, self.second = Convolution(residual.first, residual.norm1), Convolution(residual.second, residual.norm2)
        self.between, self.change, self.after = Rounded(), Rounded(), Rounded()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.between(F.relu(self.first(x)))
        return self.after(F.relu(x + self.change(self.second(y))))


class Quantized(nn.Module):
    """As `Pocket` without patches. The stem stays exact, and so does the first convolution, whose inputs differ too much in range."""

    def __init__(self, trunk: Trunk) -> None:
        super().__init__()
        self.stem, self.trunk = Stem(), trunk
        self.fine = nn.Sequential(Rounded(), QuantizedResidual(trunk.fine))
        self.down = Convolution(trunk.down[0], trunk.down[1])
        self.coarse = nn.Sequential(Rounded(), *map(QuantizedResidual, trunk.coarse))

    def forward(self, pixel_values: torch.Tensor) -> torch.Tensor:
        fine = self.fine(self.trunk.enter(self.stem(pixel_values)))
        return unit(self.trunk.pool(self.coarse(F.relu(self.down(fine)))))


def quantized(trunk: Trunk, crops: torch.Tensor) -> Quantized:
    """crops: [n, 3, 96, 96], whose ranges of numbers set the steps."""
    model = Quantized(trunk).eval()
    with torch.no_grad():
        for batch in crops.split(50):
            model(batch)
    for module in model.modules():
        if isinstance(module, Rounded):
            module.watching = False
    return model
