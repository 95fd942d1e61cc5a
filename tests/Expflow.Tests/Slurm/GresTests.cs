using Expflow.Slurm;
using Xunit;

namespace Expflow.Tests.Slurm;

public sealed class GresTests
{
    [Theory]
    [InlineData("gpu", "gpu:1")]
    [InlineData("gpu:2", "gpu:2")]
    [InlineData("gpu:rtx8000:2", "gpu:rtx8000:2")]
    [InlineData("gpu:a100", "gpu:a100:1")]
    [InlineData("gpu:v100:4(S:0-1)", "gpu:v100:4")]
    [InlineData("gpu:2(IDX:0,3)", "gpu:2")]
    [InlineData("gres:gpu:rtx8000:2", "gpu:rtx8000:2")]
    [InlineData("gres/gpu=2", "gpu:2")]
    [InlineData("gres/gpu:rtx8000=2", "gpu:rtx8000:2")]
    [InlineData("mps:4K", "mps:4096")]
    public void Devices_are_read_typed_and_untyped(string text, string written)
    {
        Assert.True(Gres.TryParse(text, out var gres));
        Assert.Equal(written, gres.Value.ToString());
    }

    [Theory]
    [InlineData("gpu:rtx8000:8", 8)]
    [InlineData("gpu:a100:4(S:0-1),gpu:v100:2", 6)]
    [InlineData("billing=1,cpu=1,gres/gpu=2,mem=512M,node=1", 2)]
    [InlineData("cpu=4,gres/gpu=2,gres/gpu:rtx8000=2", 2)]
    [InlineData("(null)", 0)]
    [InlineData("", 0)]
    public void They_are_counted_once(string text, int gpus) =>
        Assert.Equal(gpus, Gres.CountOf(Gres.ParseAll(text), "gpu"));

    [Theory]
    [InlineData("cpu[01-04,07],gpu1-ib", "cpu01 cpu02 cpu03 cpu04 cpu07 gpu1-ib")]
    [InlineData("rack[1-2]node[1-2]", "rack1node1 rack1node2 rack2node1 rack2node2")]
    [InlineData("n1", "n1")]
    [InlineData("n[098-101]", "n098 n099 n100 n101")]
    public void Node_names_are_spelt_out(string text, string names)
    {
        Assert.True(NodeNames.TryExpand(text, out var found));
        Assert.Equal(names, string.Join(' ', found));
    }

    [Theory]
    [InlineData("cpu01 cpu02 cpu03 cpu04 cpu07 gpu1-ib", "cpu[01-04,07],gpu1-ib")]
    [InlineData("n9 n10", "n[9,10]")]
    [InlineData("login", "login")]
    public void And_put_together(string names, string text) => Assert.Equal(text, NodeNames.Compress(names.Split(' ')));

    [Theory]
    [InlineData("cpu[01")]
    [InlineData("cpu01]")]
    [InlineData("cpu[3-1]")]
    [InlineData("cpu[0-999999]")]
    [InlineData("")]
    public void A_list_with_broken_brackets_is_none(string text) => Assert.False(NodeNames.TryExpand(text, out _));
}
