"""The fixed first layer: what colour and what edge is in each cell of a crop. Nothing here is learned."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

SIZE = 96  # pixels on a side
CELL = 6  # pixels on a side of a cell
GRID = SIZE // CELL
ORIENTATIONS = 6
TEMPERATURE = 0.006  # squared OKLab distance at which a colour word loses a factor e


def colour_words() -> torch.Tensor:
    """26 OKLab points: five greys, twelve strong hues, and dark and pale ones between them."""
    points = [(l, 0.0, 0.0) for l in (0.12, 0.35, 0.57, 0.78, 0.98)]
    ring = lambda n, light, chroma, turn: [
        (light, chroma * math.cos(2 * math.pi * (i + turn) / n), chroma * math.sin(2 * math.pi * (i + turn) / n)) for i in range(n)
    ]
    points += ring(12, 0.65, 0.17, 0.0) + ring(5, 0.38, 0.09, 0.5) + ring(4, 0.85, 0.08, 0.25)
    return torch.tensor(points)


class Stem(nn.Module):
    """[batch, 3, 96, 96], channels -1..1 (mean .5, deviation .5), to [batch, 40, 16, 16].

    Channels: 26 shares of colour words, 6 edge energies by orientation, mean and deviation of L, a, b, and two of zeros:
    ONNX Runtime's fast convolution takes multiples of four.
    """

    channels = 26 + ORIENTATIONS + 6 + 2

    def __init__(self) -> None:
        super().__init__()
        to_lms = torch.tensor([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]])
        to_lab = torch.tensor([[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099], [0.0259040371, 0.7827717662, -0.8086757660]])
        words = colour_words()
        sobel = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]) / 4
        angles = [math.pi * i / ORIENTATIONS for i in range(ORIENTATIONS)]
        self.register_buffer('to_lms', to_lms)
        self.register_buffer('to_lab', to_lab)
        # Times (L, a, b, L^2, a^2, b^2, 1): minus the squared distance to each word, over the temperature.
        square = (words ** 2).sum(1, keepdim=True)
        self.register_buffer('nearness', torch.cat([2 * words, -torch.ones_like(words), -square], 1) / TEMPERATURE)
        self.register_buffer('all_words', torch.ones(1, len(words)))
        pool = torch.eye(GRID).repeat_interleave(CELL, 0) / CELL ** 2
        self.register_buffer('pool', pool)  # [96, 16]
        self.register_buffer('edges', torch.stack([math.cos(t) * sobel + math.sin(t) * sobel.t() for t in angles])[:, None])

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        # Products of matrices, not convolutions of one pixel: ONNX Runtime would reorder all channels before and after.
        s = (pixels.reshape(-1, 3, SIZE * SIZE) * 0.5 + 0.5).clamp(0, 1)
        # A cubic for sRGB's transfer curve (error under .005): far cheaper than a power in ONNX Runtime.
        linear = s * (s * (s * 0.305306011 + 0.682171111) + 0.012522878)
        lms = (torch.matmul(self.to_lms, linear) + 1e-4).log().mul(1 / 3).exp()
        lab = torch.matmul(self.to_lab, lms)
        powers = torch.cat([lab, lab * lab, torch.ones_like(lab[:, :1])], 1)
        # No colour of sRGB is so far from every word that all of these come to nothing.
        weight = torch.matmul(self.nearness, powers).exp()
        shares = weight / torch.matmul(self.all_words, weight)
        light = F.pad(in_rows(lab[:, :1]), (1, 1, 1, 1), mode='replicate')
        energy = F.conv2d(light, self.edges).abs()
        moments = self.cells(powers[:, :6])
        mean = moments[:, :3]
        deviation = (moments[:, 3:] - mean ** 2).clamp(min=1e-6).sqrt()
        return torch.cat([self.cells(shares), 3 * self.cells(energy), mean, 4 * deviation, torch.zeros_like(mean[:, :2])], 1)

    def cells(self, x: torch.Tensor) -> torch.Tensor:
        """The mean of each cell, by sums and a product: a third of what ONNX Runtime's own pooling takes."""
        rows = x.reshape(-1, x.shape[1] * GRID, CELL, SIZE).sum(2)
        return torch.matmul(rows, self.pool).reshape(-1, x.shape[1], GRID, GRID)


def in_rows(x: torch.Tensor) -> torch.Tensor:
    return x.reshape(-1, x.shape[1], SIZE, SIZE)
