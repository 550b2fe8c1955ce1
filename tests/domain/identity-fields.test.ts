import { describe, expect, it } from 'vitest';
import { isIdentityField } from '../../domain/identity-fields.ts';

describe('a key that names what identifies somebody', () => {
  it.each([
    ...[
      'mail_address',
      'mail',
      'mail1',
      'email',
      'e-mail',
      'E_MAIL',
      'userEmailAddress',
      'contact_email',
      'EMAILADDRESS',
    ],
    ...['name', 'Name', 'name1', 'customer_name', 'customerName', 'userName', 'username', 'full_name', 'FirstName'],
    ...[
      'last-name',
      'lastNameKana',
      'LASTNAME',
      'form_last_name',
      'company_customer_name',
      'delivery_name',
      'owner_name',
    ],
    ...['name_kana', 'kana', 'furigana', 'sei', 'mei', 'sei_kana', 'SeiKana', 'first', 'shimei', 'onamae'],
    ...['phone', 'phone_e164', 'phoneNumber', 'phone_number', 'homeTel', 'tel2', 'telephone', 'mobile', 'mobile_phone'],
    ...['mobile_number', 'fax', 'denwa', 'keitai', 'shop_customer_tel'],
    ...['address', 'address1', 'address_line1', 'billing_address', 'shippingAddr', 'ip_address', 'jusho', 'street'],
    ...['zip', 'zip_code', 'zipCode', 'postal_code', 'yubin'],
    ...['birth', 'birthday', 'birth_date', 'date_of_birth', 'birthYear', 'dob', 'seinengappi'],
    ...[
      'card',
      'card_number',
      'cardNo',
      'creditCard',
      'cc_number',
      'cvv',
      'cvv2',
      'iban',
      'my_number',
      'passport',
      'password',
    ],
    ...['user_id', 'userId', 'visitor_id', 'VISITOR-ID'],
  ])('is known: %s', (key) => {
    expect(isIdentityField(key)).toBe(true);
  });

  it.each([
    ...[
      'company_name',
      'companyName',
      'customer_company_name',
      'product_name',
      'item_name',
      'page_name',
      'first_page_name',
    ],
    ...[
      'plan_name',
      'event_name',
      'campaign_name',
      'browser_name',
      'deviceName',
      'kaisha_mei',
      'shohin_mei',
      'nameplate',
    ],
    ...['email_opt_in', 'emailOptIn', 'mail_magazine', 'mail_verified', 'mailing_list', 'mailbox_full'],
    ...[
      'has_phone',
      'phone_os',
      'phones',
      'telework',
      'teleport',
      'hotel',
      'is_mobile',
      'mobile_app_version',
      'cell_color',
    ],
    ...['shop_address', 'address_count', 'zip_file', 'unzip', 'birthday_coupon', 'seiyu', 'meishi', 'celebrity'],
    ...['card_type', 'card_brand', 'cardCompany', 'scorecard', 'cardinal', 'panel', 'japan', 'company'],
    ...['user_agent', 'user_type', 'user_rank', 'user_number', 'customer_id', 'member_no', 'order_no', 'number', 'no'],
    ...['gender', 'age', 'plan', 'last_order_at', 'first_visit', 'last_login', 'constructor', '', '_', '1'],
  ])('is told from another that looks like it: %j', (key) => {
    expect(isIdentityField(key)).toBe(false);
  });
});
