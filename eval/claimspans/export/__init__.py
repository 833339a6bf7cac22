"""The task handed to trainers (formats) and to other evaluation harnesses."""
