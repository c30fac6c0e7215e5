"""The voice that asks, and the models that write down what is answered."""
