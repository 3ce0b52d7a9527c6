#!/usr/bin/env python3
"""python3 make-encoders.py: writes clip/, dinov2/ and dinov2-registers/ beside it, with random weights, and models/.

Encoders as the hub has them (Xenova/clip-vit-base-patch32, Xenova/dinov2-small,
onnx-community/dinov2-with-registers-small), only smaller: the same files, the same members of config.json, the same
inputs and outputs. CLIP gives `image_embeds` [batch, width] and nothing else. DINOv2 has four free axes, position
embeddings that are resampled to the size of the input, and gives `last_hidden_state`
[batch, 1 + registers + grid * grid, width]; its expected.json holds what PyTorch makes of the 224 x 224 picture whose
pixel at (x, y) is (x, y, 128): the unit vectors of the class token and of a few patches.
Needs PyTorch (Debian: python3-torch).
"""
import json
import pathlib
import re

import torch
import torch.nn as nn
import torch.nn.functional as f

HERE = pathlib.Path(__file__).resolve().parent
WIDTH, HEADS, LAYERS, PATCH, TRAINED = 8, 2, 1, 14, 98


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.query, self.key, self.value, self.dense = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.scale1, self.scale2 = nn.Parameter(torch.ones(WIDTH)), nn.Parameter(torch.ones(WIDTH))
        self.fc1, self.fc2 = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x):
        def heads(t):
            return t.view(x.shape[0], -1, HEADS, WIDTH // HEADS).transpose(1, 2)

        y = self.norm1(x)
        query, key, value = heads(self.query(y)), heads(self.key(y)), heads(self.value(y))
        weights = (query @ key.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5).softmax(-1)
        y = (weights @ value).transpose(1, 2).reshape(x.shape[0], -1, WIDTH)
        x = x + self.scale1 * self.dense(y)
        return x + self.scale2 * self.fc2(f.gelu(self.fc1(self.norm2(x))))


class Dinov2(nn.Module):
    def __init__(self, registers):
        super().__init__()
        side = TRAINED // PATCH
        self.projection = nn.Conv2d(3, WIDTH, PATCH, PATCH)
        self.cls_token = nn.Parameter(torch.randn(1, 1, WIDTH))
        self.register_tokens = nn.Parameter(torch.randn(1, registers, WIDTH)) if registers else None
        self.position_embeddings = nn.Parameter(0.3 * torch.randn(1, side * side + 1, WIDTH))
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.layernorm = nn.LayerNorm(WIDTH)

    def positions(self, height, width):
        first, rest = self.position_embeddings[:, :1], self.position_embeddings[:, 1:]
        side = TRAINED // PATCH
        rest = rest.reshape(1, side, side, WIDTH).permute(0, 3, 1, 2)
        rest = f.interpolate(rest, size=(height, width), mode='bicubic', align_corners=False)
        return torch.cat([first, rest.permute(0, 2, 3, 1).reshape(1, -1, WIDTH)], 1)

    def forward(self, pixel_values):
        batch, _, height, width = pixel_values.shape
        x = self.projection(pixel_values).flatten(2).transpose(1, 2)
        x = torch.cat([self.cls_token.expand(batch, -1, -1), x], 1)
        x = x + self.positions(height // PATCH, width // PATCH)
        if self.register_tokens is not None:
            x = torch.cat([x[:, :1], self.register_tokens.expand(batch, -1, -1), x[:, 1:]], 1)
        for layer in self.layers:
            x = layer(x)
        return self.layernorm(x)


class Clip(nn.Module):
    SIZE, PATCH = 32, 16

    def __init__(self):
        super().__init__()
        self.patch_embedding = nn.Conv2d(3, WIDTH, self.PATCH, self.PATCH, bias=False)
        self.class_embedding = nn.Parameter(torch.randn(1, 1, WIDTH))
        self.position_embedding = nn.Parameter(torch.randn(1, (self.SIZE // self.PATCH) ** 2 + 1, WIDTH))
        self.pre_layrnorm, self.post_layernorm = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.visual_projection = nn.Linear(WIDTH, WIDTH, bias=False)

    def forward(self, pixel_values):
        x = self.patch_embedding(pixel_values).flatten(2).transpose(1, 2)
        x = torch.cat([self.class_embedding.expand(x.shape[0], -1, -1), x], 1)
        x = self.pre_layrnorm(x + self.position_embedding)
        for layer in self.layers:
            x = layer(x)
        return self.visual_projection(self.post_layernorm(x[:, 0]))


class Colours(nn.Module):
    """How much of 27 colours a crop and each of its 4 x 4 patches shows, white paper left out. No weights to train."""

    SIZE, GRID, NEAR = 32, 4, 40.0

    def __init__(self):
        super().__init__()
        steps = torch.tensor([-0.8, 0.0, 0.8])
        self.register_buffer('colours', torch.cartesian_prod(steps, steps, steps).view(1, 27, 3, 1, 1))

    def forward(self, pixel_values):
        far = ((pixel_values.unsqueeze(1) - self.colours) ** 2).sum(2)
        shown = torch.softmax(-self.NEAR * far, 1) * (pixel_values.amin(1, keepdim=True) < 0.88).float()
        cells = f.avg_pool2d(shown, self.SIZE // self.GRID) + 1e-6
        patches = torch.sqrt(cells).flatten(2).transpose(1, 2)
        whole = torch.sqrt(cells.mean((2, 3)))
        return whole / whole.norm(dim=-1, keepdim=True), patches / patches.norm(dim=-1, keepdim=True)


MEAN, DEVIATION = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]


def expected(model, registers):
    ramp = torch.arange(224.0)
    picture = torch.stack([ramp.expand(224, 224), ramp.view(-1, 1).expand(224, 224), torch.full((224, 224), 128.0)])
    pixels = (picture / 255 - torch.tensor(MEAN).view(3, 1, 1)) / torch.tensor(DEVIATION).view(3, 1, 1)
    with torch.no_grad():
        rows = f.normalize(model(pixels.unsqueeze(0))[0], dim=-1)
    patches = rows[1 + registers :]
    assert len(patches) == 256
    shown = lambda row: [round(value, 6) for value in row.tolist()]
    return {'pooled': shown(rows[0]), 'patches': {str(i): shown(patches[i]) for i in (0, 15, 17, 240, 255)}}


def export(model, size, output, axes, folder, name):
    (folder / 'onnx').mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        model,
        torch.randn(2, 3, size, size),
        str(folder / 'onnx' / name),
        input_names=['pixel_values'],
        output_names=[output],
        dynamic_axes={'pixel_values': axes, output: {0: axes[0]}},
        opset_version=14,
    )


def write_json(folder, **files):
    for name, value in files.items():
        lists_on_a_line = re.sub(r'\[[^]]*\]', lambda m: re.sub(r'\s+', ' ', m[0]), json.dumps(value, indent=2))
        (folder / f'{name}.json').write_text(re.sub(r'\[ | \]', lambda m: m[0].strip(), lists_on_a_line) + '\n')


def write_clip():
    torch.manual_seed(0)
    folder, size, model = HERE / 'clip', Clip.SIZE, Clip().eval()
    # So that what the picture shows counts for more than the class token, which is the same for all pictures.
    model.layers[0].dense.weight.data *= 20
    export(model, size, 'image_embeds', {0: 'batch_size'}, folder, 'vision_model.onnx')
    vision = {'hidden_size': WIDTH, 'image_size': size, 'model_type': 'clip_vision_model', 'patch_size': Clip.PATCH}
    write_json(
        folder,
        config={
            'architectures': ['CLIPModel'],
            'model_type': 'clip',
            'projection_dim': WIDTH,
            'text_config': {'model_type': 'clip_text_model'},
            'vision_config': vision,
        },
        preprocessor_config={
            'crop_size': size,
            'do_center_crop': True,
            'do_normalize': True,
            'do_resize': True,
            'feature_extractor_type': 'CLIPFeatureExtractor',
            'image_mean': [0.48145466, 0.4578275, 0.40821073],
            'image_std': [0.26862954, 0.26130258, 0.27577711],
            'resample': 3,
            'size': size,
        },
    )


def write_colours():
    """Stands in for the embedded encoder where a test is not about its values: as `models/pocket-clip` is laid out."""
    folder, model = HERE / 'models' / 'pocket-clip', Colours().eval()
    (folder / 'onnx').mkdir(parents=True, exist_ok=True)
    names = ['image_embeds', 'patch_embeds']
    torch.onnx.export(
        model,
        torch.rand(2, 3, Colours.SIZE, Colours.SIZE),
        str(folder / 'onnx' / 'vision_model.onnx'),
        input_names=['pixel_values'],
        output_names=names,
        dynamic_axes={name: {0: 'batch_size'} for name in ['pixel_values', *names]},
        opset_version=14,
    )
    write_json(
        folder,
        config={
            'architectures': ['CLIPModel'],
            'model_type': 'clip',
            'projection_dim': 27,
            'vision_config': {'model_type': 'clip_vision_model', 'image_size': Colours.SIZE},
            'text_config': {'model_type': 'clip_text_model'},
        },
        preprocessor_config={
            'image_processor_type': 'CLIPImageProcessor',
            'feature_extractor_type': 'CLIPFeatureExtractor',
            'do_resize': True,
            'size': Colours.SIZE,
            'resample': 3,
            'do_center_crop': True,
            'crop_size': Colours.SIZE,
            'do_normalize': True,
            'image_mean': [0.5, 0.5, 0.5],
            'image_std': [0.5, 0.5, 0.5],
        },
    )


def write_dinov2(name, model_type, registers):
    torch.manual_seed(0)
    model, folder = Dinov2(registers).eval(), HERE / name
    axes = {0: 'batch_size', 1: 'num_channels', 2: 'height', 3: 'width'}
    export(model, 224, 'last_hidden_state', axes, folder, 'model.onnx')
    write_json(
        folder,
        config={
            'architectures': ['Dinov2WithRegistersModel' if registers else 'Dinov2Model'],
            'model_type': model_type,
            'hidden_size': WIDTH,
            'num_attention_heads': HEADS,
            'num_hidden_layers': LAYERS,
            'mlp_ratio': 4,
            'image_size': TRAINED,
            'patch_size': PATCH,
            **({'num_register_tokens': registers} if registers else {}),
        },
        preprocessor_config={
            'crop_size': {'height': 224, 'width': 224},
            'do_center_crop': True,
            'do_convert_rgb': True,
            'do_normalize': True,
            'do_rescale': True,
            'do_resize': True,
            'image_mean': MEAN,
            'image_processor_type': 'BitImageProcessor',
            'image_std': DEVIATION,
            'resample': 3,
            'rescale_factor': 0.00392156862745098,
            'size': {'shortest_edge': 256},
        },
        expected=expected(model, registers),
    )


write_clip()
write_colours()
write_dinov2('dinov2', 'dinov2', 0)
write_dinov2('dinov2-registers', 'dinov2_with_registers', 4)
