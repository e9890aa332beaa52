"""Claims of organs named by their place in a list, in few words."""

from fractions import Fraction

from kaohe.grading.apportionment import Claim

SHARE = Fraction("0.2")


def claims_of(headcounts, share=SHARE, **bounds):
    """Organs named by their place in the list: 0=甲 …"""
    names = "甲乙丙丁戊己庚辛壬癸"
    return [
        Claim(names[i], share * each, each, bounds.get("most", each), bounds.get("least", 0))
        for i, each in enumerate(headcounts)
    ]
