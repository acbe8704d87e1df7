"""Tests of the rules: pages, schedules, releases."""
