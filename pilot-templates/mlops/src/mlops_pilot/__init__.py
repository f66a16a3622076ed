"""From transactions to a guarded release, every day: ingest, check, features, training, promotion, scores."""
