"""Run with: python3 -m unittest"""

import unittest

from @NAME@ import analyze


class Test(unittest.TestCase):
    def test_a_word_is_found(self):
        found = list(analyze({"text": "The Budget passed; budgets do."}, {"word": "budget"}))
        self.assertEqual([(each["start"], each["end"]) for each in found], [(4, 10)])
