"""Panels that dock, stand as tabs or in windows of their own, and stay where they were put."""
