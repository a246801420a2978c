"""Networks as public tutorials write them, opened and compared, or refused.

list.csv is the list, fixed before the code that opens it: a network with a recurrent layer that reads one sequence and
answers, one of each shape in a repository. Out of it are pairs of an encoder and a decoder, networks that read two
sequences, and those that read the vectors of another network; a layer that is only shown by itself, and a notebook that
is in the list already, copied from another repository. Of a repository in the second part, from qrsu-rnn on and from
reviews-three-gru on, all are in it that a search for recurrent layers finds. Refusals stay in the list.
"""
