using Expflow.Executors;
using Expflow.Experiments;
using Expflow.Slurm;
using Expflow.Templates;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Expflow.Tests.Executors;

public sealed class ProgressWatchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new();
    private readonly AttemptPlace place;
    private readonly ProgressWatch watch;

    public ProgressWatchTests()
    {
        var attempt = new AttemptFolder(folder["run"], 1);
        Directory.CreateDirectory(attempt.Path);
        Directory.CreateDirectory(AttemptFolder.CheckpointsOf(folder["run"]));
        place = new AttemptPlace.Own(attempt) { Number = 1 };
        watch = ProgressWatch.For(StageWith(TimeSpan.FromMinutes(30)), place, time)!;
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Nothing_new_for_as_long_as_the_stage_allows_is_a_hung_program()
    {
        Assert.False(HangsAfter(29));
        Assert.True(HangsAfter(31));
    }

    [Theory]
    [InlineData("output")]
    [InlineData("metrics")]
    [InlineData("checkpoint")]
    public void Output_metrics_and_checkpoints_are_progress(string what)
    {
        Assert.False(HangsAfter(20));
        var path = what switch
        {
            "output" => place.Output,
            "metrics" => place.Metrics,
            _ => Path.Combine(AttemptFolder.CheckpointsOf(folder["run"]), "model"),
        };
        File.WriteAllText(path, "1");
        Assert.False(HangsAfter(20));
        Assert.False(HangsAfter(20));
        Assert.True(HangsAfter(20));
    }

    [Fact]
    public void A_stage_without_a_limit_is_not_watched() =>
        Assert.Null(ProgressWatch.For(StageWith(null), place, time));

    private bool HangsAfter(int minutes)
    {
        time.Advance(TimeSpan.FromMinutes(minutes));
        return watch.Hangs();
    }

    private static Stage StageWith(TimeSpan? progress) =>
        new()
        {
            Name = "s",
            Command = new CommandTemplate("true", [new TemplatePiece.Literal("true")], null),
            Uses = [],
            Progress = progress is { } limit ? Walltime.From(limit) : null,
        };
}
