#!/bin/sh
# Trains the embedded encoder anew: sh run.sh WORKFOLDER [FAMILIES] [STEPS]. See ../README.md.
# Needs Debian's python3-torch (1.13), python3-numpy, python3-pil and python3-cairo. One core, 2 GB of disk.
set -eu
cd "$(dirname "$0")"
work=$1
families=${2:-2500}
steps=${3:-720}
# Without these the allocator gives memory back to the system after every tensor, and page faults take most of the time.
export MALLOC_MMAP_THRESHOLD_=4000000000 MALLOC_TRIM_THRESHOLD_=4000000000 MALLOC_TOP_PAD_=268435456
export OMP_NUM_THREADS=1
mkdir -p "$work"
python3 dataset.py "$work/held" 100 2
python3 dataset.py "$work/train" "$families" 1
python3 train.py "$work/train" "$work/held" "$work/best.pt" "$steps"
python3 export.py "$work/best.pt"
npx prettier --log-level warn --write ../*.json
python3 held_out_scenes.py "$work/best.pt" 16
