using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net;

namespace Crm.Sync.Salesforce;

public sealed class ContactUpsert
{
    private const string ApiRoot = "services/data/v28.0";

    private readonly HttpClient _http;
    private readonly ISalesforceSession _session;

    public ContactUpsert(HttpClient http, ISalesforceSession session)
    {
        _http = http;
        _http.BaseAddress = session.InstanceUrl;
        _http.Timeout = TimeSpan.FromSeconds(30);
        _session = session;
    }

    public async Task UpsertAsync(CrmContact contact, CancellationToken ct)
    {
        var path = $"{ApiRoot}/sobjects/Contact/External_Id__c/{Uri.EscapeDataString(contact.ExternalId)}";
        using var request = new HttpRequestMessage(HttpMethod.Patch, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await _session.TokenAsync(ct));
        request.Content = JsonContent.Create(new Dictionary<string, object?>
        {
            ["FirstName"] = contact.FirstName,
            ["LastName"] = contact.LastName,
            ["Email"] = contact.Email,
            ["Phone"] = contact.Phone,
        });

        using var response = await _http.SendAsync(request, ct);
        if (response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.Created or HttpStatusCode.OK))
        {
            throw new CrmSyncException(contact.ExternalId, (int)response.StatusCode);
        }
    }
}
