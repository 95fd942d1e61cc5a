using Xunit;

namespace Expflow.Tests.Experiments;

public sealed class InheritanceTests : IDisposable
{
    private readonly ExperimentFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Maps_merge_deeply_lists_replace_and_the_later_file_wins()
    {
        files.Write("t/a.yaml", "experiment: a\ntags: [x, y]\nresources: {cpus: 1, memory: 1G}\nparameters: {p: 1}\n");
        files.Write("t/b.yaml", "extends: a.yaml\nresources: {cpus: 2}\nparameters: {q: 2}\n");
        files.Write("c.yaml", "resources: {cpus: 3, nodes: 3}\n");

        var experiment = files.Good(
            "experiment: e\nextends: [t/b.yaml, c.yaml]\ntags: z\nresources: {nodes: 4}\ncommand: run {flags}\n"
        );

        var resources = experiment.Stages[0].Resources;
        Assert.Equal("3 1G 4", $"{resources.Cpus} {resources.Memory} {resources.Nodes}");
        Assert.Equal(["z"], experiment.Tags);
        Assert.Equal("p=1,q=2", experiment.Parameters.ToString());
    }

    [Fact]
    public void A_distribution_replaces_another_as_a_whole()
    {
        files.Write("a.yaml", "sweep: {random: {count: 3, parameters: {lr: {uniform: [0, 1]}}}}\n");

        var experiment = files.Good(
            "experiment: e\nextends: a.yaml\ncommand: run {lr}\nsweep: {random: {parameters: {lr: {choice: [1, 2]}}}}\n"
        );

        Assert.IsType<Expflow.Sweeps.Distribution.Choice>(experiment.Sweep.Random!.Parameters[0].From);
    }

    [Fact]
    public void A_circle_is_told_with_its_chain()
    {
        files.Write("a.yaml", "extends: b.yaml\n");
        files.Write("b.yaml", "extends: a.yaml\n");

        var problem = Assert.Single(files.Problems("experiment: e\nextends: a.yaml\ncommand: run\n"));

        Assert.Equal(
            "b.yaml:1:10: 'extends' goes in a circle: a.yaml → b.yaml → a.yaml. Remove one.",
            problem.Replace(files[""], "", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_missing_file_is_told_where_it_is_named()
    {
        Assert.Equal(
            ["e.yaml:2:10: 'no.yaml' does not exist; looked for 'no.yaml'. Check the path."],
            files.Problems("experiment: e\nextends: no.yaml\ncommand: run\n")
        );
    }

    [Fact]
    public void A_problem_in_a_template_is_told_in_the_template()
    {
        files.Write("a.yaml", "resources: {cpu: 1}\n");

        Assert.Equal(
            ["a.yaml:1:13: 'cpu' is not a key of 'resources'. Did you mean 'cpus'?"],
            files.Problems("experiment: e\nextends: a.yaml\ncommand: run\n")
        );
    }
}
