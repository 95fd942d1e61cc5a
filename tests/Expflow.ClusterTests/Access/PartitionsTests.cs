using System.Text.Json;
using Expflow.ClusterTests.Submission;
using Xunit;

namespace Expflow.ClusterTests.Access;

/// <summary>That <c>expflow partitions</c> tells which accounts may use which partition, and where a job starts soonest.</summary>
public sealed class PartitionsTests(Clusters clusters) : SubmissionTest(clusters)
{
    private static readonly string LongAccount = "torch_pr_" + new string('x', 36);

    [Fact]
    public async Task Every_account_is_asked_about_in_every_partition_with_GPUs_and_without()
    {
        await Cluster.AddAccount(LongAccount);
        await Cluster.SetUser("root", LongAccount);
        var job = await Job();
        foreach (var account in (string[])["root", LongAccount])
            Assert.Equal(
                [
                    "cpu False",
                    "gpu False",
                    "gpu True",
                    "high False",
                    "low False",
                    "old False",
                    "old True",
                    "short False",
                ],
                job.Access.Where(one => one.Account == account && one.Verdict == "allowed")
                    .Select(one => $"{one.Partition} {one.Gpus}")
                    .Order()
            );
        Assert.Equal(16, job.Calls);
    }

    [Fact]
    public async Task A_job_that_Slurm_would_take_and_never_start_is_refused_without_a_call()
    {
        await Cluster.AddAccount("phys");
        await Cluster.Shell("scontrol update PartitionName=high AllowAccounts=phys");
        await Cluster.Shell("scontrol update PartitionName=low State=DRAIN");
        CountCalls();
        var said = (await Project.Run("partitions")).Text;
        Assert.Contains("'high', account 'root': the partition is for other accounts: 'phys' (AllowAccounts).", said);
        Assert.Contains("'low', account 'root': the partition is DRAIN and takes no jobs.", said);
        Assert.Equal(6, Calls());
    }

    [Fact]
    public async Task Slurms_refusals_are_told_in_words()
    {
        await Cluster.Set("AccountingStorageEnforce=associations");
        var said = (await Project.Run("partitions", "--account", "nonsense", "--partition", "cpu")).Text;
        Assert.Contains("the account may not be used there, or you are no member of it", said);
        await Cluster.Shell("scontrol update PartitionName=cpu AllowGroups=nogroup");
        said = (await Project.Run("partitions", "--cpus", "64", "--partition", "short")).Text;
        Assert.Contains("No partition is known to take it.", said);
        Assert.Contains("can ever give so much", said);
    }

    [Fact]
    public async Task What_was_asked_a_while_ago_is_not_asked_again_until_one_wants_it()
    {
        CountCalls();
        await Job();
        Assert.Equal(8, Calls());
        Assert.True((await Job()).Age >= 0);
        Assert.Equal(8, Calls());
        await Job("--refresh");
        Assert.Equal(16, Calls());
    }

    [Fact]
    public async Task A_budget_holds_and_what_it_left_out_is_said()
    {
        CountCalls();
        var said = (await Project.Run("partitions", "--calls", "3")).Text;
        Assert.Contains("5 questions left out: the budget of calls was spent. '--calls 8' asks all.", said);
        Assert.Contains("not asked", said);
        Assert.Equal(3, Calls());
        Assert.Equal(0, (await Job("--calls", "8")).LeftOut);
    }

    [Fact]
    public async Task The_partition_that_starts_a_job_soonest_is_marked_and_the_others_tell_when()
    {
        await Cluster.Sbatch("-w gpu01 -p gpu --exclusive -t 60", "sleep 1000");
        await Cluster.Sbatch("-w gpu02 -p gpu --exclusive -t 60", "sleep 1000");
        await WaitFor("two jobs run", async () => (await Cluster.Shell("squeue -h -t R")).Split('\n').Length == 2);
        var job = await Job("--gpus", "1", "--cpus", "2", "--walltime", "4h");
        Assert.Equal(["old", "gpu"], job.Access.Where(one => one.Verdict == "allowed").Select(one => one.Partition));
        Assert.True(job.Access[0].Soonest);
        Assert.False(job.Access[1].Soonest);
        Assert.InRange(
            job.Access[1].Start!.Value - job.Access[0].Start!.Value,
            TimeSpan.FromMinutes(45),
            TimeSpan.FromMinutes(75)
        );
        Assert.Equal((8, 4), (job.Access[0].CpuHours, job.Access[0].GpuHours));
    }

    [Fact]
    public async Task Where_the_site_has_prices_the_cheapest_is_marked()
    {
        await Cluster.Shell("scontrol update PartitionName=gpu TRESBillingWeights=CPU=1.0,GRES/gpu=10.0");
        await Cluster.Shell("scontrol update PartitionName=old TRESBillingWeights=CPU=1.0,GRES/gpu=3.0");
        var job = await Job("--gpus", "1", "--walltime", "2h");
        Assert.Equal(
            ["old 8 True", "gpu 22 False"],
            job.Access.Where(one => one.Verdict == "allowed")
                .Select(one => $"{one.Partition} {one.Charge} {one.Cheapest}")
        );
    }

    [Fact]
    public async Task Stages_of_an_experiment_are_asked_about_for_what_they_ask_for()
    {
        Copy("kd-gat");
        var said = (await Project.Run("partitions", "kd-gat.yaml", "--stages", "vgae")).Text;
        Assert.Contains("vgae: 4 CPUs, 96G, 1 GPU, 08:00:00", said);
        Assert.Contains("'old', account 'root': ", said);
        Assert.DoesNotContain("fusion", said);
    }

    [Theory]
    [InlineData("$REAL \"$@\" 2>&1")]
    [InlineData("echo 'Welcome to the cluster'; echo 'Be nice' >&2; $REAL \"$@\"")]
    public async Task What_a_site_prints_around_it_does_no_harm(string sbatch)
    {
        Replace("sbatch", sbatch);
        Assert.Equal(8, (await Job()).Access.Count(one => one.Verdict == "allowed"));
    }

    [Fact]
    public async Task A_controller_that_is_down_leaves_nothing_to_say()
    {
        await Cluster.Stop("slurmctld");
        Project.Variables["EXPFLOW_SLURM_TIMEOUT"] = "2";
        var ended = await Project.Run("partitions", "--json");
        Assert.Equal((2, ""), (ended.Code, ended.Out));
        Assert.Contains("Slurm gave no answer", ended.Error);
    }

    private void CountCalls() => Replace("sbatch", "echo >> ../calls; exec $REAL \"$@\"");

    private int Calls() => Project.Read("../calls").Length;

    private async Task<Look> Job(params string[] arguments)
    {
        using var json = JsonDocument.Parse((await Project.Run(["partitions", "--json", .. arguments])).Text);
        var job = json.RootElement.GetProperty("jobs")[0];
        return new(
            job.GetProperty("calls").GetInt32(),
            job.GetProperty("left_out").GetInt32(),
            job.GetProperty("age").GetDouble(),
            [.. job.GetProperty("access").EnumerateArray().Select(Place.Read)]
        );
    }

    private sealed record Look(int Calls, int LeftOut, double Age, IReadOnlyList<Place> Access);

    private sealed record Place(string Partition, string? Account, bool Gpus, string Verdict, string? Reason)
    {
        public DateTimeOffset? Start { get; init; }

        public double CpuHours { get; init; }

        public double GpuHours { get; init; }

        public double? Charge { get; init; }

        public bool Soonest { get; init; }

        public bool Cheapest { get; init; }

        public static Place Read(JsonElement json)
        {
            var place = new Place(
                json.GetProperty("partition").GetString()!,
                json.GetProperty("account").GetString(),
                json.GetProperty("gpus").GetBoolean(),
                json.GetProperty("verdict").GetString()!,
                json.GetProperty("reason").GetString()
            );
            return place.Verdict != "allowed"
                ? place
                : place with
                {
                    Start = json.GetProperty("expected_start") is { ValueKind: JsonValueKind.String } start
                        ? start.GetDateTimeOffset()
                        : null,
                    CpuHours = Number(json, "cpu_hours") ?? 0,
                    GpuHours = Number(json, "gpu_hours") ?? 0,
                    Charge = Number(json, "charge"),
                    Soonest = json.GetProperty("soonest").GetBoolean(),
                    Cheapest = json.GetProperty("cheapest").GetBoolean(),
                };
        }

        private static double? Number(JsonElement json, string name) =>
            json.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
    }
}
