using Expflow.Access;
using Expflow.Experiments;
using Expflow.Tests.Slurm;
using Xunit;

namespace Expflow.Tests.Access;

/// <summary>What is made of what sbatch --test-only says.</summary>
public sealed class AccessSurveyTests : IDisposable
{
    private const string Start = "sbatch: Job 7 to start at 1763917200 using 1 processors on nodes c1 in partition p";
    private readonly FakeSlurm slurm = new();

    [Theory]
    [InlineData($"echo '{Start}' >&2")]
    [InlineData($"echo '{Start}'")]
    [InlineData($"echo 'sbatch: lua: welcome' >&2; echo '{Start}'")]
    public async Task The_word_that_it_starts_counts_on_either_stream(string sbatch)
    {
        var entry = (await Ask(sbatch)).Entries.Single();
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1763917200), entry.Start);
    }

    [Theory]
    [InlineData(
        "Invalid account or account/partition combination specified",
        "the account may not be used there, or you are no member of it"
    )]
    [InlineData(
        "User's group not permitted to use this partition",
        "the partition is for other groups, accounts or QOSes"
    )]
    [InlineData("Requested node configuration is not available", "no node of the partition can ever give so much")]
    [InlineData("Requested time limit is invalid (missing or exceeds some limit)", "longer than the partition")]
    [InlineData("CPU job setup is not valid", "CPU job setup is not valid")]
    public async Task A_refusal_is_told_in_words(string said, string words)
    {
        var map = await Ask($"echo \"allocation failure: {said}\" >&2; exit 1");
        Assert.Contains(words, Assert.IsType<AccessVerdict.Refused>(map.Entries.Single().Verdict).Reason);
    }

    [Theory]
    [InlineData("echo 'allocation failure: Job violates accounting/QOS policy (AssocMaxSubmitJobLimit)' >&2; exit 1")]
    [InlineData("echo 'Unable to contact slurm controller (connect failure)' >&2; exit 1")]
    public async Task What_says_nothing_of_the_partition_leaves_it_unknown(string sbatch) =>
        Assert.IsType<AccessVerdict.Unknown>((await Ask(sbatch)).Entries.Single().Verdict);

    [Fact]
    public async Task A_partition_that_is_down_takes_jobs_and_has_no_start()
    {
        var map = await Ask($"echo '{Start}'", "p State=DOWN");
        Assert.Equal(new AccessVerdict.Allowed(null, "c1"), map.Entries.Single().Verdict);
    }

    [Fact]
    public async Task A_job_asks_for_what_is_wanted_and_no_longer_than_the_partition_allows()
    {
        await Ask($"echo \"$@\" > $FAKE/said; echo '{Start}'", "p State=UP MaxTime=00:10:00");
        var said = await File.ReadAllTextAsync(slurm["said"], TestContext.Current.CancellationToken);
        Assert.Equal(
            "--test-only --chdir=/ --partition=p --nodes=1 --ntasks-per-node=1 --time=00:10:00 --account=mine\n",
            said
        );
    }

    [Fact]
    public async Task A_controller_that_is_silent_is_not_asked_on_and_on()
    {
        slurm.Program("sbatch", "echo x >> $FAKE/calls; echo 'Unable to contact slurm controller' >&2; exit 1");
        var site = SomeSite.Of(
            [.. Enumerable.Range(0, 40).Select(at => $"p{at} State=UP")],
            [],
            SomeSite.Account("mine")
        );
        var map = await Survey().AskAsync(site, Resources.Open, 80, cancel: TestContext.Current.CancellationToken);
        Assert.Equal(80, map.Entries.Count(entry => entry.Verdict is AccessVerdict.Unknown));
        Assert.InRange(map.Calls, 3, 3 + AccessSurvey.AtOnce);
    }

    private Task<AccessMap> Ask(string sbatch, string partition = "p State=UP")
    {
        slurm.Program("sbatch", $"cat > /dev/null\n{sbatch}");
        var site = SomeSite.Of([partition], ["c1 State=IDLE CPUTot=8 Partitions=p"], SomeSite.Account("mine"));
        return Survey().AskAsync(site, Resources.Open, cancel: TestContext.Current.CancellationToken);
    }

    private AccessSurvey Survey() => new(slurm.Client(patience: new() { Tries = 1 }), TimeProvider.System);

    public void Dispose() => slurm.Dispose();
}
