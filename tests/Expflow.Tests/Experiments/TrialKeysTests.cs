using Expflow.Experiments;
using Xunit;

namespace Expflow.Tests.Experiments;

/// <summary>What the key <c>trial</c> says.</summary>
public sealed class TrialKeysTests : IDisposable
{
    private const string Head = """
        experiment: e
        parameters: {epochs: 400}
        sweep: {grid: {width: [1, 2], seed: 0..2}}
        command: train --width {width} --seed {seed} --epochs {epochs}

        """;

    private readonly ExperimentFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void A_file_that_says_nothing_gets_the_usual_trial()
    {
        var trial = files.Good(Head).Trial;
        Assert.Equal([1, 2, 3], trial.Workers);
        Assert.Equal((2, 80, "00:30:00"), (trial.Rounds, trial.GpuUse, trial.Time.ToString()));
        Assert.Null(trial.GpuMemory);
    }

    [Fact]
    public void All_of_it_is_read_and_survives_being_written_down()
    {
        var text =
            Head
            + "trial: {workers: [4, 1, 4], rounds: 3, variants: width, parameters: {epochs: 2}, criteria: {gpu_use: 50, time: 10m, gpu_memory: 46G}}\n";
        var experiment = files.Good(text);
        Assert.True(ExperimentReader.ReadResolved(experiment.Resolved, "e.yaml").TryGet(out var again));
        foreach (var trial in (TrialSpec[])[experiment.Trial, again.Trial])
        {
            Assert.Equal([1, 4], trial.Workers);
            Assert.Equal(["width"], trial.Variants);
            Assert.Equal("epochs=2", trial.Parameters.ToString());
            Assert.Equal((3, 50, "46G"), (trial.Rounds, trial.GpuUse, trial.GpuMemory.ToString()));
            Assert.Equal("00:10:00", trial.Time.ToString());
        }
    }

    [Theory]
    [InlineData("workers: 0", "'workers' takes whole numbers from 1 to 32, such as [1, 2, 3]; this is '0'.")]
    [InlineData(
        "workers: [1, x]",
        "'workers' takes whole numbers from 1 to 32, such as [1, 2, 3]; this is ['1', 'x']."
    )]
    [InlineData("rounds: 0", "'rounds' takes a whole number from 1 to 100; this is '0'.")]
    [InlineData("variants: depth", "'depth' is not swept, so it tells no variants apart. Swept are width, seed.")]
    [InlineData(
        "parameters: {width: 3}",
        "'width' is swept: a trial keeps its values. 'parameters' of 'trial' takes those with one value."
    )]
    [InlineData("parameters: {epoch: 3}", "'epoch' is no parameter of the experiment. Did you mean 'epochs'?")]
    [InlineData("criteria: {time: soon}", "'time' takes a time such as 30m or 00:30:00; this is 'soon'.")]
    [InlineData("criteria: {gpu_memory: much}", "'gpu_memory' takes an amount such as 46G; this is 'much'.")]
    [InlineData("worker: 2", "'worker' is not a key of 'trial'. Did you mean 'workers'?")]
    public void What_can_not_be_tried_is_told(string said, string problem) =>
        Assert.Contains(problem, Assert.Single(files.Problems($"{Head}trial: {{{said}}}\n")), StringComparison.Ordinal);
}
