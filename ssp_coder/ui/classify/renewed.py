"""A panel whose whole content is built again when what it shows has changed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ssp_coder.ui.kit.panel import Panel


class RenewedPanel(Panel):
    """Takes a new body in the place of the old one, within the same repaint."""

    def renew(self, body: QWidget) -> None:
        """Show another body; nothing of the old one is seen from now on."""
        old = self.body()
        if old is not None:
            old.hide()
        self.set_body(body)
        body.show()
