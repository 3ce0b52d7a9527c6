#!/bin/sh
# Trains the embedded encoder anew: sh run.sh WORKFOLDER [FAMILIES] [STEPS]. See ../README.md.
# Needs Debian's python3-torch (1.13), python3-numpy, python3-pil and python3-cairo. Two cores, 5 GB of disk.
set -eu
cd "$(dirname "$0")"
work=$1
half=$((${2:-5800} / 2))
steps=${3:-1800}
# The python3 that sees Debian's packages, where another one comes first on the PATH: PYTHON=/usr/bin/python3.
python=${PYTHON:-python3}
# Without these the allocator gives memory back to the system after every tensor, and page faults take most of the time.
export MALLOC_MMAP_THRESHOLD_=4000000000 MALLOC_TRIM_THRESHOLD_=4000000000 MALLOC_TOP_PAD_=268435456
export OMP_NUM_THREADS=1
mkdir -p "$work"
"$python" dataset.py "$work/held" 100 2
"$python" dataset.py "$work/train-a" "$half" 11 &
"$python" dataset.py "$work/train-b" "$half" 12
wait
"$python" train.py "$work/held" "$work/best.pt" "$steps" "$work/train-a" "$work/train-b"
"$python" export.py "$work/best.pt"
npx prettier --log-level warn --write ../*.json
cd ../../..
npm run fit
npm run validity
