// Knows how it reads what an inspection of handles could not see.
namespace PortExhaustion.Native
{
    using System.Collections.Generic;
    using System.Globalization;
    using System.Linq;

    internal static class InspectionShortfall
    {
        /// <summary>One sentence, or null where nothing is missing.</summary>
        internal static string Of(IList<InspectionRow> rows, InspectionRules rules)
        {
            List<string> parts = new List<string>();
            Add(parts, rows.Count(row => row.Status == "refused"), "could not be opened");
            Add(parts, rows.Count(row => row.Status == "out-of-time"), "were not begun in the time");
            Add(parts, rows.Count(row => row.Status == "partial"), "were not seen to the end");
            Add(parts, rows.Count(row => row.Status == "sampled"), "were asked for a sample of their addresses");
            int stuck = rows.Sum(row => row.TimedOut);
            if (stuck > 0)
            {
                parts.Add(string.Format(CultureInfo.InvariantCulture, "{0} handles did not answer within {1} ms", stuck, rules.CallMs));
            }
            if (parts.Count == 0)
            {
                return null;
            }
            return string.Format(CultureInfo.InvariantCulture, "of {0} processes with File handles {1}", rows.Count, string.Join(", ", parts));
        }

        private static void Add(List<string> parts, int count, string what)
        {
            if (count > 0)
            {
                parts.Add(string.Format(CultureInfo.InvariantCulture, "{0} {1}", count, what));
            }
        }
    }
}
