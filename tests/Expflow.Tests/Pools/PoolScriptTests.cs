using Expflow.Experiments;
using Expflow.Pools;
using Expflow.Projects;
using Expflow.Queues;
using Expflow.Runs;
using Expflow.Tests.Golden;
using Xunit;

namespace Expflow.Tests.Pools;

/// <summary>The batch script of a pool's allocations, and the call that hands it to Slurm.</summary>
public sealed class PoolScriptTests
{
    [Theory]
    [InlineData("pools/script-bare", 1)]
    [InlineData(
        "pools/script-gpus",
        4,
        "gres=gpu:rtx8000:8",
        "workers_per_gpu=2",
        "max_hours=11",
        "stagger=30s",
        "mps=true"
    )]
    [InlineData(
        "pools/script-all",
        6,
        "name=cpus",
        "workers=16",
        "cpus=32",
        "memory=96G",
        "gres=lscratch:200",
        "account=lab",
        "partition=cpu,low",
        "qos=normal",
        "constraint=avx512",
        "exclude=node[1-3]",
        "idle=0",
        "throttle=2",
        "max_hours=0.1"
    )]
    public void An_allocation_asks_for_what_the_pool_says(string golden, int allocations, params string[] said)
    {
        var pairs = said.Select(text => text.Split('=', 2)).Select(pair => (pair[0], $"--{pair[0]}", pair[1]));
        Assert.True(ProjectDefaults.None.Pool(pairs).TryGet(out var settings));
        Assert.True(ArrayId.TryParse("20261123-120000000-1f3a9c00", out var start));
        Assert.True(PoolName.TryParse(settings.Name, out var name));
        var project = new ProjectFolder("/home/me/it's 100% mine");
        var script = new PoolScript("/home/me/it's 100% mine/expflow", project, TimeSpan.FromSeconds(30));

        var request = script.RequestOf(new PoolFolder(project, name), start, settings, allocations);

        GoldenFile.Match(golden, $"sbatch {string.Join(' ', request.Arguments())}\n{request.Script}");
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("16 16", "workers=16")]
    [InlineData("16 4", "workers=16", "cpus=4")]
    [InlineData("8 8", "gres=gpu:8")]
    [InlineData("16 16", "gres=gpu:rtx8000:8", "workers_per_gpu=2")]
    [InlineData("3 3", "gres=gpu:8", "workers=3")]
    public void Each_worker_has_a_core_where_nothing_is_said(string? expected, params string[]? said)
    {
        var pairs = (said ?? []).Select(text => text.Split('=', 2)).Select(pair => (pair[0], $"--{pair[0]}", pair[1]));
        Assert.True(ProjectDefaults.None.Pool(pairs).TryGet(out var settings));

        var size = PoolSize.Of(settings);

        Assert.Equal(expected ?? " ", $"{size.Workers} {size.Cpus}");
    }
}
