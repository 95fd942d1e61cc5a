using Expflow.Manifests;
using Expflow.Parameters;
using Expflow.Planning;
using Expflow.Runs;
using Expflow.Sweeps;
using Expflow.Tests.Experiments;
using Expflow.Trials;
using Xunit;

namespace Expflow.Tests.Trials;

public sealed class TrialPlanTests : IDisposable
{
    private const string Swept = """
        experiment: e
        parameters: {epochs: 400}
        sweep: {grid: {width: [1, 2], seed: 0..2}}
        resources: {gpus: 1}
        trial: {workers: [1, 2], parameters: {epochs: 2}}

        """;

    private readonly ExperimentFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Each_variant_is_tried_with_each_number_of_workers_and_seeds_are_its_runs()
    {
        var stage = Plan(Swept + "command: 'x {width} {seed} {epochs}'\n").Stages.Single();
        Assert.Equal(
            ["width=1 ×1: 0+2", "width=1 ×2: 2+4", "width=2 ×1: 6+2", "width=2 ×2: 8+4"],
            stage.Phases.Select(phase => $"{phase.Variant} ×{phase.Workers}: {phase.First}+{phase.Count}")
        );
        Assert.Equal([0L, 1, 0, 1, 2, 0], stage.Tasks.Take(6).Select(task => Value(task.Run, "seed")));
        Assert.Equal(TimeSpan.FromMinutes(8 * 10), stage.LongestWith(TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public void Runs_of_a_trial_are_shorter_and_never_the_experiments_own()
    {
        var text = Swept + "command: 'x {width} {seed} {epochs}'\n";
        var own = Planned(text).Runs.Select(run => run.Id).ToHashSet();
        var tasks = Plan(text).Stages.Single().Tasks;
        Assert.All(tasks, task => Assert.Equal(2, Value(task.Run, "epochs")));
        Assert.DoesNotContain(tasks, task => own.Contains(task.Run.Id));
        Assert.Equal(tasks.Count, tasks.Select(task => task.Run.Folder).Distinct().Count());
    }

    [Fact]
    public void A_stage_whose_upstream_is_done_finds_it_and_one_whose_is_not_is_left_out()
    {
        var text = Swept + "stages: {a: {command: 'a {width}'}, b: {needs: [a], command: 'b {a.dir} {seed}'}}\n";
        var first = Plan(text);
        Assert.Equal([("b", "needs a, which is not done yet")], first.LeftOut);
        var done = Planned(text).ToManifest().Where(run => run.Stage == "a").ToDictionary(run => run.Id);
        var b = TrialPlan.Of(Planned(text), done).Stages.Single(stage => stage.Stage.Name == "b");
        Assert.Equal([done.Values.First().Folder], b.Tasks[0].Upstream["a"]);
    }

    [Fact]
    public void A_stage_without_GPUs_has_none_to_share() =>
        Assert.Equal(
            [("main", "asks for no GPU, so there is none to share")],
            Plan("experiment: e\ncommand: x\n").LeftOut
        );

    private RunPlan Planned(string text)
    {
        var experiment = files.Good(text);
        Assert.True(SweepExpansion.Expand(experiment.Sweep, experiment.Parameters).TryGet(out var expansion));
        Assert.True(RunPlanner.Plan(experiment, expansion.Points).TryGet(out var plan));
        return plan;
    }

    private TrialPlan Plan(string text) => TrialPlan.Of(Planned(text), new Dictionary<RunId, ManifestRun>());

    private static long Value(ManifestRun run, string name) =>
        ((ParameterValue.Integer)ParameterText.Read(run.Parameters)[name]).Value;
}
