"""The network at run time: words in, labels, names, trees and scores of mentions out."""
