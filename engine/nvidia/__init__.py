"""Networks on NVIDIA cards: TensorRT, or TensorRT for RTX, which PyPI alone can install.

What the extra `tensorrt` brings is imported when a card was found, never before.
"""
