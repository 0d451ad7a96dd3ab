"""How the shipped reading model was made: data, training, measurements."""
