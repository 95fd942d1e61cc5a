using Expflow.Access;
using Expflow.Experiments;
using Expflow.Slurm;
using Xunit;

namespace Expflow.Tests.Access;

/// <summary>Maps that are kept for a while.</summary>
public sealed class AccessMemoryTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();

    private readonly AccessMap map = new(
        Now,
        [
            new(new("a", "mine", false), new AccessVerdict.Allowed(Now.AddHours(1), "c1")),
            new(new("a", null, true, "long"), new AccessVerdict.Allowed(null)),
            new(new("b", "mine", false), new AccessVerdict.Refused(RefusalKind.InvalidAccount, "why", true)),
            new(new("c", "mine", false), new AccessVerdict.LeftOut()),
        ],
        3,
        "sacctmgr is silent"
    );

    [Fact]
    public void A_map_is_read_as_it_was_written()
    {
        Memory().Write(Resources.Open, map);
        var read = Memory().Read(Resources.Open, TimeSpan.FromHours(1), Now.AddMinutes(1))!;
        Assert.Equal(map.Entries, read.Entries);
        Assert.Equal((map.At, map.Calls, map.Shortfall), (read.At, read.Calls, read.Shortfall));
    }

    [Fact]
    public void An_old_map_is_none_and_one_of_the_future_too()
    {
        Memory().Write(Resources.Open, map);
        Assert.Null(Memory().Read(Resources.Open, TimeSpan.FromHours(1), Now.AddHours(1)));
        Assert.Null(Memory().Read(Resources.Open, TimeSpan.FromHours(1), Now.AddHours(-1)));
    }

    [Fact]
    public void Another_job_another_cluster_and_another_user_are_other_questions()
    {
        Memory().Write(Resources.Open, map);
        Assert.Null(Memory().Read(Resources.Open with { Cpus = 2 }, TimeSpan.FromHours(1), Now));
        Assert.Null(new AccessMemory(folder.Path, "other", 1).Read(Resources.Open, TimeSpan.FromHours(1), Now));
        Assert.Null(new AccessMemory(folder.Path, "testbed", 2).Read(Resources.Open, TimeSpan.FromHours(1), Now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"version\":99}")]
    [InlineData("{\"version\":1,\"maps\":{\"x\":{}}}")]
    public void A_damaged_file_is_none(string text)
    {
        Memory().Write(Resources.Open, map);
        File.WriteAllText(Directory.GetFiles(folder.Path).Single(), text);
        Assert.Null(Memory().Read(Resources.Open, TimeSpan.FromHours(1), Now));
    }

    [Fact]
    public void Without_a_place_nothing_is_kept_and_nothing_fails()
    {
        foreach (var place in (string?[])[null, "/proc/nowhere"])
        {
            var memory = new AccessMemory(place, "testbed", 1);
            memory.Write(Resources.Open, map);
            Assert.Null(memory.Read(Resources.Open, TimeSpan.FromHours(1), Now));
        }
    }

    private AccessMemory Memory() => new(folder.Path, "testbed", 1);

    public void Dispose() => folder.Dispose();
}
