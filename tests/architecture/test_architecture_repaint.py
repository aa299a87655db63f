from __future__ import annotations

import pytest
from source_tree import run_python

REPAINT = """
    import os, sys
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication, QWidget

    class Canvas(QWidget):
        def paintEvent(self, event):
            pass

    application = QApplication([])
    canvas = Canvas()
    canvas.show()
    application.processEvents()
    before = sys.getrefcount(None)
    for _ in range(1000):
        canvas.repaint()
    lost = before - sys.getrefcount(None)
    for _ in range(60000):
        canvas.repaint()
    print(f"lost {lost} references to None")
    sys.exit(lost > 100)
"""


@pytest.mark.slow
def test_sixty_thousand_repaints_end_well() -> None:
    """PySide6 6.12.0 on Python 3.11 drops references to None and aborts after some 5,000."""
    outcome = run_python(REPAINT)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
