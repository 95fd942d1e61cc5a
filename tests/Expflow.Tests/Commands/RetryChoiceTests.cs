using Expflow.Cli.Commands;
using Expflow.Planning;
using Expflow.Sweeps;
using Expflow.Tracking;
using Xunit;
using static Expflow.Tests.Journal.JournalEvents;

namespace Expflow.Tests.Commands;

public sealed class RetryChoiceTests : IDisposable
{
    private const string File = """
        experiment: e
        sweep: {grid: {lr: [1, 2, 3]}}
        stages:
          a: {command: "train {lr}"}
          b: {command: "test {lr}", needs: [a]}
        """;

    private readonly Experiments.ExperimentFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void What_failed_is_run_again_and_nothing_else()
    {
        var plan = PlanOf(File);
        var known = Submitted(plan);
        var choice = new RetryChoice(plan, known, [known[1]], never: false);
        Assert.Equal((1, 0, 0, 6), (choice.Count, choice.Replaced.Count, choice.Never, choice.Plan.Runs.Count));
        Assert.True(choice.Has(known[1].Run.Id));
    }

    [Fact]
    public void A_command_put_right_makes_new_runs_of_those_that_failed_only()
    {
        var known = Submitted(PlanOf(File));
        var choice = new RetryChoice(PlanOf(File.Replace("train", "train --better")), known, [known[1]], never: false);
        var (before, now) = Assert.Single(choice.Replaced);
        Assert.Equal(("a", known[1].Run.Id), (now.Stage.Name, before.Run.Id));
        Assert.Equal("lr=2", now.Parameters.ToString());
        Assert.Equal(now.Id, Assert.Single(choice.Plan.Runs).Id);
    }

    [Fact]
    public void A_new_run_brings_what_it_needs()
    {
        var known = Submitted(PlanOf(File));
        var choice = new RetryChoice(PlanOf(File.Replace("train", "train2")), known, [known[4]], never: false);
        Assert.Equal(["a", "b"], choice.Plan.Runs.Select(run => run.Stage.Name));
        Assert.Equal(1, choice.Count);
    }

    [Fact]
    public void What_the_file_no_longer_asks_for_is_told_and_left_alone()
    {
        var known = Submitted(PlanOf(File));
        var choice = new RetryChoice(PlanOf(File.Replace("2, 3", "3")), known, [known[1]], never: false);
        Assert.Equal((0, 1), (choice.Count, choice.Lost.Count));
    }

    [Fact]
    public void Holes_are_also_what_was_never_submitted()
    {
        var known = Submitted(PlanOf(File));
        var choice = new RetryChoice(PlanOf(File.Replace("3]", "3, 4]")), known, [], never: true);
        Assert.Equal((2, 2, 8), (choice.Count, choice.Never, choice.Plan.Runs.Count));
    }

    private RunPlan PlanOf(string text)
    {
        var experiment = files.Good(text);
        Assert.True(SweepExpansion.Expand(experiment.Sweep, experiment.Parameters).TryGet(out var expansion));
        Assert.True(RunPlanner.Plan(experiment, expansion.Points).TryGet(out var plan));
        return plan;
    }

    private static TrackedRun[] Submitted(RunPlan plan) =>
        [.. plan.ToManifest().Select(run => new TrackedRun("e", run, TheSubmission, RunHistory.Empty))];
}
