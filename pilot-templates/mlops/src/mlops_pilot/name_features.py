"""The features a configuration yields, in the order every matrix, model and request has them."""

from mlops_pilot.config import MlopsConfig

DAY_PARTS = ("hour_sin", "hour_cos", "is_weekend")


def feature_names(config: MlopsConfig) -> list[str]:
    """`amount`, `log_amount`, the day's parts, numbers, `column=value`, then the windows of each entity."""
    data, windows = config.data, config.features.windowsDays
    names = [] if data.amount is None else ["amount", "log_amount"]
    names += [*DAY_PARTS, *data.numbers]
    names += [category_feature(column, value) for column, values in data.categories.items() for value in values]
    for entity in data.entities if windows else []:
        names.append(f"{entity}_log_seconds_since")
        for days in windows:
            names.append(f"{entity}_count_{days}d")
            if data.amount is not None:
                names += [f"{entity}_mean_{days}d", f"{entity}_max_{days}d"]
            names.append(f"{entity}_risk_{days}d")
        if data.amount is not None:
            names.append(f"{entity}_amount_over_mean")
    return names


def category_feature(column: str, value: str) -> str:
    return f"{column}={value}"
