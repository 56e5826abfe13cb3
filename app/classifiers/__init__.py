"""Adapters to engines. Each implements `app.core.classify.Classifier` and nothing else."""
