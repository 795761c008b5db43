"""What to ask after an answer: near what was cited, never what was asked or just answered."""

from __future__ import annotations

from bot.answer import Answer, Citation, Status
from bot.suggestions import next_questions
from index.clause import Clause
from index.search.representatives import Representative

ONE, TWO, THREE, FOUR, FIVE = (Clause("가게", number, "1") for number in "12345")


def cite(clause: Clause) -> Citation:
    return Citation(clause, "2024-03-01", "가게 약관", "", "", "")


def answered(*clauses: Clause) -> Answer:
    return Answer(Status.ANSWERED, "", tuple(map(cite, clauses)))


def represent(clause: Clause, *near: Clause) -> Representative:
    return Representative(f"{clause.article}번 질문인가요?", near)


ALL = {
    ONE: represent(ONE, TWO, THREE, FOUR, FIVE),
    TWO: represent(TWO, FIVE, FOUR, THREE, ONE),
    THREE: represent(THREE, ONE, TWO, FOUR, FIVE),
    FOUR: represent(FOUR, ONE, TWO, THREE, FIVE),
    FIVE: represent(FIVE, ONE, TWO, THREE, FOUR),
}


def test_the_three_nearest_of_the_cited_clause_are_offered_nearest_first() -> None:
    assert next_questions(answered(ONE), [], ALL) == ("2번 질문인가요?", "3번 질문인가요?", "4번 질문인가요?")


def test_two_cited_clauses_take_turns_and_neither_is_offered() -> None:
    # 1: 2 3 4 5 and 2: 5 4 3 1 in turns: 2 5, 3 4, 4 3, 5 1
    assert next_questions(answered(ONE, TWO), [], ALL) == ("5번 질문인가요?", "3번 질문인가요?", "4번 질문인가요?")


def test_what_was_asked_is_not_offered_again() -> None:
    offered = next_questions(answered(ONE), ["2번 질문인가요?"], ALL)
    assert offered == ("3번 질문인가요?", "4번 질문인가요?", "5번 질문인가요?")


def test_without_an_answer_the_related_clauses_are_offered() -> None:
    nothing = Answer(Status.NOT_FOUND, "", related=(cite(FOUR), cite(TWO)))
    assert next_questions(nothing, [], ALL) == ("4번 질문인가요?", "2번 질문인가요?")
    assert next_questions(Answer(Status.ERROR, ""), [], ALL) == ()


def test_a_clause_without_a_representative_is_passed_over() -> None:
    some = {clause: ALL[clause] for clause in (ONE, THREE, FIVE)}
    assert next_questions(answered(ONE), [], some) == ("3번 질문인가요?", "5번 질문인가요?")
    assert next_questions(answered(TWO), [], some) == ()
    assert next_questions(answered(TWO, ONE), [], some) == ("3번 질문인가요?", "5번 질문인가요?")


def test_clauses_with_the_same_question_are_offered_once() -> None:
    same = {clause: Representative("같은 질문인가요?", ALL[clause].near) for clause in ALL}
    assert next_questions(answered(ONE), [], same) == ("같은 질문인가요?",)
