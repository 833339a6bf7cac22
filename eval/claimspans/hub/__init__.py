"""The dataset on Hugging Face: build its folder and card, check what loads, compare with what is published, push."""
