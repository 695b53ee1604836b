"""Publishing: staging an executed copy of the project and rendering it, with Quarto or without."""
