import { Modal } from "@mantine/core";
import { t } from "@texts/ui";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
import "@mantine/core/styles/Paper.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/UnstyledButton.css";
import "@mantine/core/styles/ScrollArea.css";
import type { ReactNode } from "react";
import "./dialog.css";

/** A dialog: focus stays inside, Esc closes, focus returns. */
export function Dialog(props: { title: string; onClose: () => void; children: ReactNode; wide?: boolean }) {
  return (
    <Modal.Root
      opened
      onClose={props.onClose}
      centered
      size={props.wide ? 640 : 440}
      zIndex={60}
      classNames={{ overlay: "dlg-overlay", content: "dlg", title: "dlg-title", body: "dlg-body" }}
      // The lock writes a style element, which the policy refuses; the overlay keeps the page from being scrolled by accident.
      lockScroll={false}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content>
        <div className="dlg-head">
          <Modal.Title>{props.title}</Modal.Title>
          <Modal.CloseButton aria-label={t.close} />
        </div>
        <Modal.Body>{props.children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
