"""Programs for those who develop: evaluation, benches, calibration, samples."""
