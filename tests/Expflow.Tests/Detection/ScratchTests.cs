using Expflow.Detection;
using Expflow.Processes;
using Xunit;

namespace Expflow.Tests.Detection;

/// <summary>Where scratch is, and whether it can be used.</summary>
public sealed class ScratchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Probe probe = new(TimeSpan.FromSeconds(30), TimeProvider.System);

    [Theory]
    [InlineData("SCRATCH=/a;SCRATCHDIR=/b", "/a")]
    [InlineData("SCRATCHDIR=/b/", "/b")]
    [InlineData("PSCRATCH=/p;WORK=/w", "/p")]
    [InlineData("WORK=/w", "/w")]
    [InlineData("SCRATCH=;WORK=/w", "/w")]
    [InlineData("SCRATCH=relative;WORK=/w", "/w")]
    [InlineData("TMPDIR=/t", "/scratch/ada")]
    [InlineData("", "/scratch/ada")]
    public void A_sites_own_variable_stands_before_the_usual_places(string variables, string first) =>
        Assert.Equal(first, new ScratchPlaces(Variables(variables), "ada").Candidates[0].Path);

    [Fact]
    public void The_usual_places_hold_the_users_name()
    {
        var paths = new ScratchPlaces(Variables("SCRATCH=/scratch/ada"), "ada")
            .Candidates.Select(one => one.Path)
            .ToList();
        Assert.Contains("/scratch/a/ada", paths);
        Assert.Contains("/gpfs/scratch/ada", paths);
        Assert.Contains(paths, path => path == $"/{"work"}/ada");
        Assert.Equal(paths.Distinct(), paths);
    }

    [Fact]
    public async Task The_first_that_can_be_used_is_taken_and_what_a_variable_promised_in_vain_is_said()
    {
        Directory.CreateDirectory(folder["scratch/users/ada"]);
        var places = new ScratchPlaces(Variables($"SCRATCH={folder["nowhere"]}"), "ada", folder.Path);
        var sight = await ScratchSight.LookAsync(places, probe);
        Assert.Equal((folder["scratch/users/ada"], "usual place"), (sight.Best!.Path, sight.Best.From));
        Assert.Equal(
            "$SCRATCH there is no such folder",
            sight.PassedOver.Select(one => $"{one.From} {one.Trouble}").Single()
        );
    }

    [Fact]
    public void What_can_not_be_written_to_says_so() =>
        Assert.StartsWith(
            "it can't be written to",
            Place.At("/proc/self", "$SCRATCH")!.Trouble,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_look_leaves_nothing_behind()
    {
        var place = Place.At(folder.Path, "$SCRATCH")!;
        Assert.True(place.Space!.FreeBytes > 0);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_place_that_is_not_there_is_none()
    {
        Assert.Null(Place.At(folder["nowhere"], "$SCRATCH"));
        Assert.Null(DiskSpace.Of(folder["nowhere"]));
    }

    private static Dictionary<string, string> Variables(string pairs) =>
        pairs
            .Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);

    public void Dispose() => folder.Dispose();
}
