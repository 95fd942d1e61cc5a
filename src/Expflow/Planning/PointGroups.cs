using Expflow.Parameters;

namespace Expflow.Planning;

/// <summary>Points put together by the parameters that a stage uses.</summary>
/// <param name="RunOfPoint">Point → group.</param>
/// <param name="First">Group → its first point.</param>
internal sealed record PointGroups(int[] RunOfPoint, IReadOnlyList<int> First)
{
    public static PointGroups Of(IReadOnlyList<ParameterSet> points, string[] swept, int sweptInAll)
    {
        // All points differ: a stage that uses everything has a run for each, and nothing need be compared.
        if (swept.Length == sweptInAll)
        {
            var each = new int[points.Count];
            for (var point = 0; point < each.Length; point++)
                each[point] = point;
            return new(each, each);
        }
        var groupOf = new Dictionary<ParameterSet, int>();
        var runOfPoint = new int[points.Count];
        var first = new List<int>();
        for (var point = 0; point < runOfPoint.Length; point++)
        {
            var key = points[point].Subset(swept);
            if (!groupOf.TryGetValue(key, out var group))
            {
                groupOf.Add(key, group = first.Count);
                first.Add(point);
            }
            runOfPoint[point] = group;
        }
        return new(runOfPoint, first);
    }
}
