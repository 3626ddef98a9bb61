"""The control plane under /_control: what a test or a trial looks at and turns. Not NEXT ENGINE's."""
