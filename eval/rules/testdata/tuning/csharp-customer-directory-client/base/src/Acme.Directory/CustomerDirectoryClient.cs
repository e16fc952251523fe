using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging;

namespace Acme.Directory;

public sealed class CustomerDirectoryClient(HttpClient http, ILogger<CustomerDirectoryClient> logger)
{
    public async Task<Customer?> FindAsync(string number, CancellationToken ct)
    {
        using var response = await http.GetAsync($"customers/{Uri.EscapeDataString(number)}", ct);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<Customer>(ct);
    }

    public async Task<bool> ExistsAsync(string number, CancellationToken ct)
    {
        var customer = await FindAsync(number, ct);
        logger.LogDebug("Customer {Number} found: {Found}", number, customer is not null);
        return customer is not null;
    }
}
