"""From labelled text to a GGUF with a card. Stages talk through files in a run folder and print what they do.

prepare -> train_encoder -> package -> evaluate; the recipes in `training/recipes/` name every number.
"""
