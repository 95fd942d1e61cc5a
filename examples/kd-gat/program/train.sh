#!/bin/sh
# Stands in for a training: reads its data and its teachers, reports a loss for each epoch, and leaves a model behind.
# train.sh STAGE --data FILE [--teacher FILE]… --epochs N --out FOLDER
set -eu
stage=$1 model=$1
shift
while [ $# -gt 0 ]; do
  case $1 in
  --data | --teacher) model=$(printf '%s\n' "$model" && cat -- "$2") ;;
  --epochs) epochs=$2 ;;
  --out) out=$2 ;;
  *) echo "train.sh: '$1' is no option" >&2 && exit 2 ;;
  esac
  shift 2
done
epoch=1
while [ "$epoch" -le "$epochs" ]; do
  echo "epoch $epoch loss 0.$((900 / epoch))"
  epoch=$((epoch + 1))
done
printf '%s\n' "$model" >"$out/model.pt"
echo "$stage is trained"
