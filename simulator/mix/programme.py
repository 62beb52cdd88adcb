"""The linear programme of a mix, on HiGHS: its rows loaded, and the questions asked of it. What the rows say
stands with them.
"""

from dataclasses import dataclass

import highspy
import numpy as np

from simulator.mix.rows import MILLION, SLACK, Written
from simulator.mix.task import Task

SCANNED = (0.0, 0.05, 0.15, 0.3, 0.5, 0.75, 1.0)  # settings of a funder with an enrolment limit, of its limit
SECONDS = 0.15  # at most, for the programme with the order of paying


@dataclass(frozen=True)
class Solved:
    """An optimum: the plan (K,), its committed money in Rp by funder (K,), workers by the measure, and the duals."""

    plan: np.ndarray
    money: np.ndarray
    people: float
    objective: float
    price: float  # Rp for one more worker (dual of the cover row)


class Programme(Written):
    """The programme of a task around a run of the model, ready to be asked."""

    def __init__(
        self, task: Task, around: np.ndarray, *, kept: bool = False, ordered: bool = False, month: int | None = None
    ):
        super().__init__(task, around, kept=kept, ordered=ordered, month=month)
        self.highs = self._load()

    def _load(self) -> highspy.Highs:
        lp = highspy.HighsLp()
        rows, width = self.rows, self.width + len(self.integers)
        lp.num_col_, lp.num_row_ = width, len(rows.lower)
        lp.col_cost_, lp.col_lower_ = np.zeros(width), np.zeros(width)
        lp.col_upper_ = np.concatenate([self.upper, np.ones(len(self.integers))])
        lp.row_lower_, lp.row_upper_ = np.array(rows.lower), np.array(rows.upper)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(rows.start)
        lp.a_matrix_.index_, lp.a_matrix_.value_ = np.array(rows.index), np.array(rows.value)
        if self.integers:
            kinds = [highspy.HighsVarType.kContinuous] * self.width
            lp.integrality_ = kinds + [highspy.HighsVarType.kInteger] * len(self.integers)
        solver = highspy.Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("time_limit", SECONDS)):
            solver.setOptionValue(option, value)
        if self.integers:
            solver.setOptionValue("mip_rel_gap", 1e-6)
        solver.passModel(lp)
        for k in np.flatnonzero(self.spread <= 0):  # pays in other years only: as today
            solver.changeColBounds(int(k), *[float(self.task.today[k])] * 2)
        return solver

    # Questions

    def cheapest(self, goal: float, weights: np.ndarray) -> Solved | None:
        """The plan that covers `goal` workers by the measure with least Σ weights·money, then least money of all,
        then nearest to today's; None where the rows cannot be met."""
        first = self.first(goal, weights)
        if first is None:
            return None
        self._set_row(self.primary, weights * self.spread)
        self._hold(self.primary, first.objective)
        second = self._solve(self.spread)
        if second is not None:
            self._hold(self.total, second.objective)
        nearest = self._nearest() or second or first
        return Solved(nearest.plan, nearest.money, nearest.people, first.objective, first.price)

    def first(self, goal: float, weights: np.ndarray) -> Solved | None:
        """Any plan that covers `goal` workers with least Σ weights·money."""
        self._free()
        self.highs.changeRowBounds(self.cover, goal - self.given, np.inf)
        return self._solve(weights * self.spread)

    def most(self, total: float, weights: np.ndarray) -> Solved | None:
        """The plan that covers most workers with Σ weights·money ≤ total Rp, nearest to today's; None where
        money is committed that the total does not allow."""
        self._free()
        self._at_most(total, weights)
        best = self._solve_cover()
        if best is None:
            return None
        self.highs.changeRowBounds(self.cover, best.people - self.given - SLACK * (1 + best.people), np.inf)
        least = self._solve(self.spread)
        if least is not None:
            self._hold(self.total, least.objective)
        nearest = self._nearest() or least or best
        return Solved(nearest.plan, nearest.money, best.people, best.objective, best.price)

    def spread_of_optimum(self) -> np.ndarray:
        """Least and most money in Rp of each funder among the plans that are as good as the last answer, (2, K)."""
        found = np.zeros((2, self.count))
        for k in range(self.count):
            for i, sign in enumerate((1.0, -1.0)):
                cost = np.zeros(self.count)
                cost[k] = sign
                solved = self._solve(cost) if self.spread[k] > 0 else None
                plan = solved.plan[k] if solved else 0.0
                found[i, k] = (self.committed[0, k] + self.spread[k] * plan) * MILLION
        return found

    def keep_most(self, goal: float | None, total: float | None, weights: np.ndarray) -> float | None:
        """Ask that as few as possible be dropped whom today's policy pays for, given the goal or the total; returns
        how many are, in worker-months. None where goal or total cannot be met at all."""
        self._free()
        if goal is not None:
            self.highs.changeRowBounds(self.cover, goal - self.given, np.inf)
        if total is not None:
            self._at_most(total, weights)
        cost = np.zeros(self.width + len(self.integers))
        cost[list(self.dropped.values())] = 1.0
        least = self._run(cost)
        if least is not None:
            self._hold(self.short, least)
        return least

    def require_duties(self) -> None:
        """Ask for as many workers of duty `must` as the limits allow."""
        self._free()
        level = -(self._run(self._covering(self.dutiful)) or 0.0)
        self.highs.changeRowBounds(self.must, level - SLACK * (1 + level), np.inf)

    def lift(self, k: int, lifted: bool) -> None:
        """Take one funder's limit away, or put it back."""
        far = 1e4 if self.task.choices[k].budget else 1.0 / max(self.task.choices[k].cap, 1e-9)
        self.highs.changeColBounds(k, 0.0, max(1.0, far) if lifted else 1.0)

    def vertices(self, goal: float, weights: np.ndarray, lean: float = 0.02) -> list[np.ndarray]:
        """Plans as good or nearly so, that lean on one funder before another: starts for a search in the model."""
        self._free()
        self.highs.changeRowBounds(self.cover, goal - self.given, np.inf)
        found = []
        for leaning in range(self.count):
            for sign in (1, -1):
                taste = np.ones(self.count)
                taste[leaning] -= sign * lean
                solved = self._solve((weights + 1e-6) * self.spread * taste)
                if solved is not None:
                    found.append(solved.plan)
        return found

    def scan(self, goal: float, weights: np.ndarray) -> list[np.ndarray]:
        """The cheapest plans for several settings of each funder that may enrol only so many a month.

        The more such a funder has, the longer some of its money waits for somebody to pay for, and what is not
        paid costs nothing: its workers become cheaper with the setting, which no linear programme can see.
        """
        self._free()
        self.highs.changeRowBounds(self.cover, goal - self.given, np.inf)
        found = []
        for k, f in enumerate(self.task.ends.funders):
            if f.onboarding is None or self.spread[k] <= 0 or not np.isfinite(f.onboarding[0, 0]):
                continue
            for level in SCANNED:
                self.highs.changeColBounds(k, level, level)
                solved = self._solve((weights + 1e-6) * self.spread)
                if solved is not None:
                    found.append(solved.plan)
            self.highs.changeColBounds(k, 0.0, 1.0)
        return found

    # HiGHS

    def _free(self) -> None:
        for row in (self.cover, self.total, self.primary):
            self.highs.changeRowBounds(row, -np.inf, np.inf)

    def _at_most(self, total: float, weights: np.ndarray) -> None:
        """Let Σ weights·money be at most `total` Rp."""
        self._set_row(self.primary, weights * self.spread)
        self.highs.changeRowBounds(self.primary, -np.inf, total / MILLION - float(weights @ self.committed[0]))

    def _hold(self, row: int, optimum: float) -> None:
        """Keep an optimum while another objective is looked at."""
        self.highs.changeRowBounds(row, -np.inf, optimum + SLACK * (1 + abs(optimum)))

    def _set_row(self, row: int, values: np.ndarray) -> None:
        for k in range(self.count):
            self.highs.changeCoeff(row, k, float(values[k]))

    def _run(self, cost: np.ndarray) -> float | None:
        self.highs.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
        self.highs.run()
        status = self.highs.getModelStatus()
        good = (highspy.HighsModelStatus.kOptimal,)
        if self.integers:
            good = (*good, highspy.HighsModelStatus.kTimeLimit)
        info = self.highs.getInfo()
        if status not in good or info.primal_solution_status != 2:
            return None
        return info.objective_function_value

    def _solve(self, on_plan: np.ndarray, elsewhere: np.ndarray | None = None) -> Solved | None:
        cost = np.zeros(self.width + len(self.integers))
        cost[: self.count] = on_plan
        if elsewhere is not None:
            cost[: len(elsewhere)] += elsewhere
        value = self._run(cost)
        return None if value is None else self._read(value)

    def _nearest(self) -> Solved | None:
        cost = np.zeros(2 * self.count)
        cost[self.count :] = 1.0
        return self._solve(np.zeros(self.count), cost)

    def _covering(self, of: np.ndarray | slice) -> np.ndarray:
        """The objective that covers most: of all columns that count, or of some."""
        cost = np.zeros(self.width + len(self.integers))
        cost[self.counted[of]] = -self.worth[of]
        return cost

    def _solve_cover(self) -> Solved | None:
        value = self._run(self._covering(slice(None)))
        if value is None:
            return None
        found = self._read(value)
        dual = float(np.asarray(self.highs.getSolution().row_dual or [0.0])[self.primary]) if not self.integers else 0.0
        price = MILLION / -dual if dual < -1e-12 else np.inf
        return Solved(found.plan, found.money, self.given - value, value, price)

    def money_of(self, plan: np.ndarray) -> np.ndarray:
        """Rp that a plan commits in the year, by funder."""
        return (self.committed[0] + self.spread * plan) * MILLION

    def _read(self, value: float) -> Solved:
        solution = self.highs.getSolution()
        x = np.asarray(solution.col_value)
        plan = np.clip(x[: self.count], 0.0, None)
        people = self.given + float(self.worth @ x[self.counted])
        duals = solution.row_dual
        price = float(duals[self.cover]) * MILLION if len(duals) and not self.integers else 0.0
        return Solved(plan, self.money_of(plan), people, value, price)
