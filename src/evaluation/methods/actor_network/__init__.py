"""The actor network: its scores and its chapter."""
