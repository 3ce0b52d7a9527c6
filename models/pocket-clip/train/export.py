"""python3 export.py [CHECKPOINT [FOLDER]]: writes the model folder in the hub's CLIP layout (no checkpoint: untrained weights)."""
import json
import pathlib
import sys

import torch

from mean import generic_crops, write_mean
from network import DIMENSIONS, Pocket, Trunk
from quantized import quantized
from stem import SIZE

FOLDER = pathlib.Path(__file__).resolve().parent.parent
PREPROCESSOR = {
    'image_processor_type': 'CLIPImageProcessor',
    'feature_extractor_type': 'CLIPFeatureExtractor',
    'do_resize': True,
    'size': SIZE,
    'resample': 3,
    'do_center_crop': True,
    'crop_size': SIZE,
    'do_normalize': True,
    'image_mean': [0.5, 0.5, 0.5],
    'image_std': [0.5, 0.5, 0.5],
}
CONFIG = {
    'architectures': ['CLIPModel'],
    'model_type': 'clip',
    'projection_dim': DIMENSIONS,
    'vision_config': {'model_type': 'clip_vision_model', 'image_size': SIZE},
    'text_config': {'model_type': 'clip_text_model'},
}


def export(model: torch.nn.Module, file: pathlib.Path, outputs: list) -> None:
    torch.onnx.export(
        model.eval(),
        torch.zeros(2, 3, SIZE, SIZE),
        str(file),
        input_names=['pixel_values'],
        output_names=outputs,
        dynamic_axes={name: {0: 'batch'} for name in ['pixel_values', *outputs]},
        opset_version=14,
    )


def write(trunk: Trunk, folder: pathlib.Path) -> None:
    (folder / 'onnx').mkdir(parents=True, exist_ok=True)
    crops = generic_crops()
    export(Pocket(trunk), folder / 'onnx' / 'vision_model.onnx', ['image_embeds', 'patch_embeds'])
    export(quantized(trunk, crops), folder / 'onnx' / 'pooled_model_quantized.onnx', ['image_embeds'])
    write_mean(trunk, crops, folder)
    for name, value in {'config.json': CONFIG, 'preprocessor_config.json': PREPROCESSOR}.items():
        (folder / name).write_text(json.dumps(value, indent=2) + '\n')


if __name__ == '__main__':
    torch.manual_seed(0)
    network = Trunk()
    if len(sys.argv) > 1:
        network.load_state_dict(torch.load(sys.argv[1], map_location='cpu')['trunk'])
    folder = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else FOLDER
    write(network, folder)
