"""Who says so: source, cue and content of every attribution of a report."""

from jirga.reading.attribution.find import attribution_json, attributions_json, find_attributions

__all__ = ["attribution_json", "attributions_json", "find_attributions"]
