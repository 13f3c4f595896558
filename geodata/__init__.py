"""What the atlas knows: the published files (``repository``) and the questions asked of them (``queries``)."""
