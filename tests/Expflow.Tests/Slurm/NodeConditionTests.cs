using Expflow.Slurm;
using Xunit;

namespace Expflow.Tests.Slurm;

/// <summary>What a node's state comes to, and which of its GPUs are free.</summary>
public sealed class NodeConditionTests
{
    [Theory]
    [InlineData("IDLE", NodeCondition.Idle)]
    [InlineData("IDLE+PLANNED", NodeCondition.Idle)]
    [InlineData("IDLE+CLOUD+POWERED_DOWN", NodeCondition.Idle)]
    [InlineData("idle~", NodeCondition.Idle)]
    [InlineData("idle#", NodeCondition.Idle)]
    [InlineData("mixed-", NodeCondition.Mixed)]
    [InlineData("MIXED", NodeCondition.Mixed)]
    [InlineData("ALLOCATED", NodeCondition.Allocated)]
    [InlineData("ALLOCATED+COMPLETING", NodeCondition.Allocated)]
    [InlineData("IDLE+DRAIN", NodeCondition.Drained)]
    [InlineData("MIXED+DRAIN", NodeCondition.Drained)]
    [InlineData("draining@", NodeCondition.Drained)]
    [InlineData("DOWN*+NOT_RESPONDING", NodeCondition.Down)]
    [InlineData("DOWN+DRAIN", NodeCondition.Down)]
    [InlineData("IDLE*", NodeCondition.Down)]
    [InlineData("mixed*", NodeCondition.Down)]
    [InlineData("idle$", NodeCondition.Reserved)]
    [InlineData("IDLE+RESERVED", NodeCondition.Reserved)]
    [InlineData("MAINT", NodeCondition.Reserved)]
    [InlineData("FUTURE", NodeCondition.Down)]
    [InlineData("SOMETHING_NEW", NodeCondition.Unknown)]
    [InlineData("", NodeCondition.Unknown)]
    public void A_state_comes_to_one_condition(string state, NodeCondition condition) =>
        Assert.Equal(condition, NodeConditions.Of(state));

    [Theory]
    // A mixed node is not free: what jobs have is counted.
    [InlineData("State=MIXED Gres=gpu:rtx8000:8 GresUsed=gpu:rtx8000:3(IDX:0-2)", "rtx8000 3/8, 5 free")]
    [InlineData("State=IDLE Gres=gpu:2 GresUsed=gpu:0", "- 0/2, 2 free")]
    [InlineData("State=DOWN Gres=gpu:a100:4 GresUsed=gpu:a100:0(IDX:N/A)", "a100 0/4, 0 free")]
    [InlineData("State=MIXED+DRAIN Gres=gpu:a100:4 GresUsed=gpu:a100:1(IDX:0)", "a100 1/4, 0 free")]
    [InlineData(
        "State=MIXED Gres=gpu:a100:4(S:0-1),gpu:v100:2 GresUsed=gpu:a100:1(IDX:0),gpu:v100:2(IDX:4-5)",
        "a100 1/4, 3 free; v100 2/2, 0 free"
    )]
    // Without the detail, the total of all types says it only where there is one type, or where it is nothing.
    [InlineData("State=MIXED Gres=gpu:a100:4 AllocTRES=cpu=1,gres/gpu=3", "a100 3/4, 1 free")]
    [InlineData(
        "State=MIXED Gres=gpu:a100:4,gpu:v100:2 AllocTRES=cpu=1,gres/gpu=3",
        "a100 ?/4, ? free; v100 ?/2, ? free"
    )]
    [InlineData("State=MIXED Gres=gpu:a100:4,gpu:v100:2 AllocTRES=cpu=1", "a100 0/4, 4 free; v100 0/2, 2 free")]
    [InlineData("State=IDLE Gres=(null)", "")]
    [InlineData("State=IDLE Gres=mps:100,gpu:2,shard:8 GresUsed=mps:0,gpu:1(IDX:0),shard:0", "- 1/2, 1 free")]
    public void Free_GPUs_are_those_that_no_job_has_on_nodes_that_take_jobs(string record, string expected)
    {
        var node = new SlurmNode(SlurmRecord.ReadLine($"NodeName=n {record}"));
        Assert.Equal(
            expected,
            string.Join(
                "; ",
                node.Gpus.Select(one =>
                    $"{one.Type ?? "-"} {one.InUse?.ToString() ?? "?"}/{one.Total}, {one.Free?.ToString() ?? "?"} free"
                )
            )
        );
    }

    [Fact]
    public void One_node_of_which_nothing_is_known_leaves_the_sum_unknown() =>
        Assert.Equal(
            [new GpuStock("a100", 8, null, null)],
            GpuStock.Together([new("a100", 4, 1, 3), new("a100", 4, null, null)])
        );
}
