"""Speed and memory of each station, as ratios against a yardstick measured in the same run."""
